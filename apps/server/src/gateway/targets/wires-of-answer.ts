import { codeFromString } from "@connectrpc/connect/protocol-connect";
import type { Wire } from "../gateway-target.ts";

/** What a target answered to a request that is no proper call. */
export interface WireAnswer {
  readonly status: number;
  /** Empty where there is none. */
  readonly contentType: string;
  /** What it takes, by its own words (RFC 5789 and the W3C's Linked Data Platform); empty where there is none. */
  readonly acceptPost: string;
  /** The first bytes of the body. */
  readonly body: Uint8Array;
}

/** The types that tell a protocol, each without what follows `+`. */
const wireByType: ReadonlyMap<string, Wire> = new Map([
  ["application/grpc", "grpc"],
  ["application/grpc-web", "grpc-web"],
  ["application/grpc-web-text", "grpc-web"],
  ["application/connect", "connect"],
]);

/** What stands for Connect's unary calls where a server lists what it takes. */
const connectUnaryType = "application/proto";

const json = "application/json";

/** Tells which protocols this answer shows that its server speaks; none where it shows nothing. */
export function wiresOfAnswer({ status, contentType, acceptPost, body }: WireAnswer): readonly Wire[] {
  if (status === 415 && acceptPost !== "") {
    return acceptPost
      .split(",")
      .flatMap((type) => (mediaType(type) === connectUnaryType ? ["connect"] : wireOfType(type)));
  }
  const wire = wireOfType(contentType);
  return wire.length > 0 || mediaType(contentType) !== json ? wire : wireOfJson(status, body);
}

/** Whether the answer lists all that its server takes. */
export function isWholeList(answer: WireAnswer): boolean {
  return answer.status === 415 && answer.acceptPost !== "" && wiresOfAnswer(answer).length > 0;
}

/** Whether the answer to a call of another protocol is that of a server of gRPC alone: a status of gRPC's, or a bare 415. */
export function isOfGrpcAlone(answer: WireAnswer): boolean {
  const wires = wiresOfAnswer(answer);
  return wires.length === 0
    ? answer.status === 415 && answer.acceptPost === ""
    : wires.every((wire) => wire === "grpc");
}

function wireOfType(type: string): readonly Wire[] {
  const wire = wireByType.get(mediaType(type).replace(/\+.*$/, ""));
  return wire === undefined ? [] : [wire];
}

function mediaType(type: string): string {
  return (type.split(";", 1)[0] ?? "").trim().toLowerCase();
}

/** Connect's unary calls look like anybody's JSON, but for the errors and the answer to the health check. */
function wireOfJson(status: number, body: Uint8Array): readonly Wire[] {
  const fields = readObject(body);
  const { code, status: serving } = fields;
  const isError = status !== 200 && typeof code === "string" && codeFromString(code) !== undefined;
  const isHealth = status === 200 && typeof serving === "string" && /^[A-Z_]+$/.test(serving);
  return isError || isHealth ? ["connect"] : [];
}

function readObject(body: Uint8Array): { readonly code?: unknown; readonly status?: unknown } {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
