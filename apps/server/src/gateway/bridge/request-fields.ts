import { Code, ConnectError } from "@connectrpc/connect";
import type { FieldList } from "../../net/http-exchange.ts";
import { assertMetadataValue, assertName, ownPrefix, reservedName } from "./metadata-rules.ts";
import { requestRuleOf } from "./request-rules.ts";

/** How a request's fields become those of the request to a target. */
export interface RequestFieldsOptions {
  /** What the client speaks; a client of gRPC-Web most often is a browser, one of gRPC never is. */
  readonly wire: "grpc" | "grpc-web" | "connect";
  /** The content type of the request to the target; undefined where it has no body. */
  readonly contentType: string | undefined;
  /** Lower-case names of fields that the target doesn't get to see. */
  readonly hidden: readonly string[];
  /** Fields of the target's own, which replace the client's of the same names. */
  readonly held: FieldList;
}

/** Counts through how many gateways a call has gone. */
export const hopsField = `${ownPrefix}hops`;

/** Through how many gateways a call may go: more would be a loop. */
export const maxHops = 4;

/**
 * Writes the fields of the request to a target: the client's metadata in its order, repeated fields and the bytes of
 * values kept. What ends at the gateway is left out: fields of the connection, those that carry the server's token, and
 * of browsers what they add by themselves. The timeout's field is left to the upstream.
 *
 * @param rawHeaders names and values in turn
 * @throws ConnectError with `INVALID_ARGUMENT` for metadata that can't be passed on, naming its key, and with
 * `FAILED_PRECONDITION` for a call that goes in a loop.
 */
export function createRequestFields(rawHeaders: readonly string[], options: RequestFieldsOptions): FieldList {
  const { wire, contentType, held } = options;
  const fields: FieldList = contentType === undefined ? [] : ["content-type", contentType];
  const facts = appendMetadata(fields, rawHeaders, options);
  if (wire === "grpc-web") {
    if (facts.userAgent !== undefined && !holds(held, "user-agent")) {
      fields.push("user-agent", facts.userAgent);
    }
    if (!facts.acceptsEncodings) {
      // Browsers' clients read no compressed messages, and none says so.
      fields.push("grpc-accept-encoding", "identity");
    }
  }
  fields.push(hopsField, nextHops(facts.hops));
  for (let i = 0; i < held.length; i++) {
    fields.push(held[i] as string);
  }
  return fields;
}

/**
 * The number of gateways that a call has gone through with this one.
 *
 * @param value that of `hopsField` in the request; undefined where there is none
 * @throws ConnectError with `FAILED_PRECONDITION` where there are too many.
 */
export function nextHops(value: string | undefined): string {
  if (value === undefined) {
    return "1";
  }
  const hops = /^\d{1,3}$/.test(value) ? Number(value) : maxHops;
  if (hops >= maxHops) {
    throw new ConnectError(
      `the call has gone through ${maxHops} gateways, the most allowed: a target leads back to its own gateway`,
      Code.FailedPrecondition,
    );
  }
  return `${hops + 1}`;
}

/** What the client's fields tell beside its metadata. */
interface RequestFieldFacts {
  userAgent: string | undefined;
  acceptsEncodings: boolean;
  hops: string | undefined;
}

function appendMetadata(
  fields: FieldList,
  rawHeaders: readonly string[],
  { wire, hidden, held }: RequestFieldsOptions,
): RequestFieldFacts {
  const facts: RequestFieldFacts = { userAgent: undefined, acceptsEncodings: false, hops: undefined };
  const connectionOptions = readConnectionOptions(rawHeaders);
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const { name, kind } = requestRuleOf(rawHeaders[i] as string);
    const value = rawHeaders[i + 1] as string;
    if (name === hopsField) {
      facts.hops ??= value;
    }
    if (kind === "ends-here" || connectionOptions?.has(name) || hidden.includes(name)) {
      continue;
    }
    if (wire === "grpc-web" && (kind === "user-agent" || kind === "x-user-agent")) {
      // A page can't set the first, so its library tells itself in the second.
      facts.userAgent = kind === "x-user-agent" ? value : (facts.userAgent ?? value);
    } else if (isPassed(name, kind, wire) && !holds(held, name)) {
      facts.acceptsEncodings ||= kind === "grpc-accept-encoding";
      assertMetadataValue(name, value);
      fields.push(name, value);
    }
  }
  return facts;
}

/** Whether a field goes to the target. */
function isPassed(name: string, kind: ReturnType<typeof requestRuleOf>["kind"], wire: string): boolean {
  switch (kind) {
    case "ends-here":
      return false;
    case "browser":
      return wire === "grpc";
    case "accept":
      return wire !== "grpc-web";
    case "reserved":
      if (wire === "grpc-web") {
        throw reservedName(name);
      }
      return true;
    case "illegal":
      assertName(name);
      return false;
    case "metadata":
    case "user-agent":
    case "x-user-agent":
    case "grpc-accept-encoding":
      return true;
  }
}

function holds(held: FieldList, name: string): boolean {
  for (let i = 0; i < held.length; i += 2) {
    if (held[i] === name) {
      return true;
    }
  }
  return false;
}

/** The lower-case names of the fields that a client says are for this connection alone (RFC 9110, section 7.6.1). */
function readConnectionOptions(rawHeaders: readonly string[]): ReadonlySet<string> | undefined {
  let options: Set<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === connectionLength && requestRuleOf(name).name === "connection") {
      const value = rawHeaders[i + 1] as string;
      if (value !== "keep-alive" && value !== "close") {
        options ??= new Set();
        for (const option of value.split(",")) {
          options.add(option.trim().toLowerCase());
        }
      }
    }
  }
  return options;
}

const connectionLength = "connection".length;
