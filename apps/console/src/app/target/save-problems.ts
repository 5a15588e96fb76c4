import { ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";

/** Why a target was not saved. */
export interface SaveProblems {
  /** What is wrong with which field, by the field's path, as in `metadata[0].name`. */
  readonly byField: ReadonlyMap<string, string>;
  /** What concerns no field of the form. */
  readonly others: readonly string[];
}

/** The fields beside which the form has a place for what is wrong with them. */
const shownFields = /^(?:name|address|tls|tls\.\w+|default_deadline|keepalive|max_message_bytes)$/;

/** Parts what the server says of a request to save by the fields that it concerns. */
export function saveProblems(reason: unknown): SaveProblems {
  const error = ConnectError.from(reason);
  const violations = error.findDetails(BadRequestSchema).flatMap(({ fieldViolations }) => fieldViolations);
  const byField = new Map<string, string>();
  const others: string[] = [];
  for (const { field, description } of violations) {
    const path = field.replace(/^target\./, "");
    if (shownFields.test(path) && !byField.has(path)) {
      byField.set(path, description);
    } else {
      others.push(`${path}: ${description}`);
    }
  }
  return { byField, others: violations.length === 0 ? [error.rawMessage] : others };
}
