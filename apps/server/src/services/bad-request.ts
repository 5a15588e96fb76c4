import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";

/** One thing that is wrong with a request. */
export interface FieldViolation {
  /** The path of the field by its names in the proto file, as in `page_size`. */
  field: string;
  /** What is wrong: the limit, and the value where it is short. Lower-case, without a period. */
  description: string;
}

/**
 * Creates the `INVALID_ARGUMENT` error for a request with wrong fields. Its message names every field, and a
 * `google.rpc.BadRequest` detail carries them for programs.
 *
 * @param violations at least one
 */
export function createBadRequest(violations: readonly FieldViolation[]): ConnectError {
  const message = violations.map(({ field, description }) => `${field}: ${description}`).join("; ");
  return new ConnectError(message, Code.InvalidArgument, undefined, [
    { desc: BadRequestSchema, value: { fieldViolations: violations.map((violation) => ({ ...violation })) } },
  ]);
}
