import type { HeaderFields } from "../../call/call.ts";
import type { AnswerSnapshot } from "./answer-snapshot.ts";
import { compareModels } from "./compare-models.ts";

/** Why a difference was to be expected: a key of the language catalogues under `compare.expected`. */
export type ExpectedReason =
  | "contentType"
  | "encoding"
  | "length"
  | "perAnswer"
  | "trailerPrefix"
  | "grpcStatus"
  | "connection"
  | "folded"
  | "framing"
  | "size";

/** One thing in which answers differ. */
export interface AnswerDifference {
  readonly part:
    | "status"
    | "statusMessage"
    | "origin"
    | "header"
    | "headerOrder"
    | "trailer"
    | "trailerOrder"
    | "messageCount"
    | "message"
    | "framing"
    | "size";
  /** The header field's name, or where in which message: `1: user.name`. Empty for the whole answer. */
  readonly place: string;
  /** What each answer has, in the answers' order; undefined where it has nothing. */
  readonly values: readonly (string | undefined)[];
  /** Undefined where nothing explains the difference but the server. */
  readonly expected: ExpectedReason | undefined;
}

/** The most differences of one message that are listed. */
const mostOfMessage = 50;

/**
 * In what answers to the same request differ. Times are left out: they always do. The order is that of the parts, and the
 * same however the answers are ordered.
 */
export function compareAnswers(answers: readonly AnswerSnapshot[]): readonly AnswerDifference[] {
  const areAlike = answers.every(({ protocol }) => protocol === answers[0]?.protocol);
  const found: AnswerDifference[] = [];
  const check = (
    part: AnswerDifference["part"],
    read: (answer: AnswerSnapshot) => string,
    expected?: ExpectedReason,
  ) => {
    const values = answers.map(read);
    if (values.some((value) => value !== values[0])) {
      found.push({ part, place: "", values, expected });
    }
  };
  check("status", ({ status }) => (status === undefined ? "" : `${status.name} ${status.code}`));
  check("statusMessage", ({ status }) => status?.message ?? "");
  check("origin", ({ status }) => status?.origin ?? "");
  found.push(...compareFields(answers, "header", areAlike), ...compareFields(answers, "trailer", areAlike));
  check("messageCount", ({ messageCount }) => String(messageCount));
  found.push(...compareMessages(answers));
  check("framing", ({ framing }) => framing, areAlike ? undefined : "framing");
  check("size", ({ carriedBytes }) => `${carriedBytes} B`, "size");
  return found;
}

function compareMessages(answers: readonly AnswerSnapshot[]): readonly AnswerDifference[] {
  // What only some answers have is told by the count.
  const shortest = Math.min(...answers.map(({ messages }) => messages.length));
  return Array.from({ length: Number.isFinite(shortest) ? shortest : 0 }, (_, at) => {
    const { differences } = compareModels(
      answers.map(({ messages }) => messages[at]),
      mostOfMessage,
    );
    return differences.map(({ path, values }): AnswerDifference => {
      return {
        part: "message",
        place: path === "" ? String(at + 1) : `${at + 1}: ${path}`,
        values,
        expected: undefined,
      };
    });
  }).flat();
}

function compareFields(
  answers: readonly AnswerSnapshot[],
  part: "header" | "trailer",
  areAlike: boolean,
): readonly AnswerDifference[] {
  const all = answers.map((answer) => valuesByName(part === "header" ? answer.headers : answer.trailers));
  const names = [...new Set(all.flatMap((fields) => [...fields.keys()]))].sort();
  const isFolded = answers.some((answer) => answer.isFolded !== answers[0]?.isFolded);
  const found: AnswerDifference[] = [];
  const shared: string[] = [];
  for (const name of names) {
    const lists = all.map((fields) => fields.get(name));
    const values = lists.map((list) => list?.join(" | "));
    if (values.every((value) => value === values[0])) {
      shared.push(name);
      continue;
    }
    const isOnlyFolded = isFolded && lists.every((list) => list?.join(", ") === lists[0]?.join(", "));
    found.push({ part, place: name, values, expected: isOnlyFolded ? "folded" : expectedOf(name, areAlike) });
  }
  const isShared = new Set(shared);
  const orders = all.map((fields) => [...fields.keys()].filter((name) => isShared.has(name)).join(", "));
  if (orders.some((order) => order !== orders[0])) {
    const orderPart = part === "header" ? "headerOrder" : "trailerOrder";
    found.push({ part: orderPart, place: "", values: orders, expected: isFolded ? "folded" : undefined });
  }
  return found;
}

/** The values of each name, in the order in which the names first come. */
function valuesByName(fields: HeaderFields): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const lower = name.toLowerCase();
    const values = byName.get(lower) ?? [];
    values.push(value);
    byName.set(lower, values);
  }
  return byName;
}

/** Fields that differ from one answer to the next, whatever carries them. */
const perAnswer = new Set([
  "date",
  "age",
  "etag",
  "x-request-id",
  "x-correlation-id",
  "traceparent",
  "server-timing",
  "x-envoy-upstream-service-time",
]);
const lengths = new Set(["content-length", "transfer-encoding"]);
const encodings = new Set([
  "content-encoding",
  "accept-encoding",
  "vary",
  "grpc-encoding",
  "grpc-accept-encoding",
  "connect-content-encoding",
  "connect-accept-encoding",
]);
const statuses = new Set(["grpc-status", "grpc-message", "grpc-status-details-bin"]);
const connections = new Set([
  "connection",
  "keep-alive",
  "cache-control",
  "server",
  "cross-origin-resource-policy",
  "x-content-type-options",
]);

function expectedOf(name: string, areAlike: boolean): ExpectedReason | undefined {
  if (perAnswer.has(name)) {
    return "perAnswer";
  }
  if (lengths.has(name)) {
    return "length";
  }
  if (areAlike) {
    return undefined;
  }
  if (name === "content-type") {
    return "contentType";
  }
  if (encodings.has(name)) {
    return "encoding";
  }
  if (name.startsWith("trailer-")) {
    return "trailerPrefix";
  }
  if (statuses.has(name)) {
    return "grpcStatus";
  }
  return connections.has(name) || name.startsWith("access-control-") ? "connection" : undefined;
}
