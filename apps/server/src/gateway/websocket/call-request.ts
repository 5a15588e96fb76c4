import { Code, ConnectError } from "@connectrpc/connect";
import { assertLegalField } from "@switchboard/wire/header-block.ts";
import type { FieldList } from "../../net/http-exchange.ts";
import { timeoutField } from "../../rpc/grpc/timeout.ts";
import { assertName, assertNotOfConnection } from "../bridge/metadata-rules.ts";
import { readTimeout } from "../bridge/read-timeout.ts";
import { createRequestFields } from "../bridge/request-fields.ts";
import { findField } from "../bridge/response-fields.ts";
import type { GatewayTarget, Wire } from "../gateway-target.ts";
import { joinFields } from "../join-fields.ts";
import type { RequestCaller, UpstreamRequest } from "../upstream/upstream.ts";

/** What the header of a call over WebSocket asks for. */
export interface CallHeader {
  /** Names, in lower case, and values in turn. */
  readonly fields: FieldList;
  /** The codec's suffix of the content type, as `+proto`; empty where the client names none. */
  readonly codecSuffix: string;
}

/** What a call over WebSocket is carried by. */
export type CarriedWire = Exclude<Wire, "connect">;

/** Where a call goes. */
export interface CallRoute {
  readonly target: GatewayTarget;
  readonly path: string;
  readonly caller: RequestCaller;
  /** Lower-case names of fields that the target doesn't get to see. */
  readonly hidden: readonly string[];
}

const webType = /^application\/grpc-web(\+[a-z0-9!#$&^_.-]{1,64})?$/;

/** The codecs of this server's own services. */
const localSuffixes: readonly string[] = ["", "+proto", "+json"];

/**
 * Reads a call's header.
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for a content type that isn't gRPC-Web's, and for fields of HTTP itself,
 * which no page has a reason to write into a frame: a pseudo-field, or one that belongs to a connection.
 */
export function readCallHeader(fields: FieldList): CallHeader {
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? "";
    if (name.startsWith(":")) {
      assertName(name);
    }
    assertNotOfConnection(name);
  }
  const contentType = findField(fields, "content-type") ?? "";
  const match = webType.exec(contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  if (match === null) {
    throw wrongType();
  }
  return { fields, codecSuffix: match[1] ?? "" };
}

/**
 * Reads how long a call may take, in milliseconds; undefined for ever.
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for what is no timeout, and with `DEADLINE_EXCEEDED` for 0.
 */
export function readDeadlineMs({ fields }: CallHeader, target: GatewayTarget): number | undefined {
  const value = joinFields(fields)[timeoutField];
  return value === undefined ? target.defaultDeadlineMs : readTimeout(timeoutField, `${value}`);
}

/**
 * Chooses what carries a call to a target: gRPC, or gRPC-Web where the target speaks that alone.
 *
 * @throws ConnectError with `UNIMPLEMENTED` for a target that speaks neither.
 */
export function chooseWire(wires: ReadonlySet<Wire>, { name }: GatewayTarget): CarriedWire {
  if (wires.has("grpc")) {
    return "grpc";
  }
  if (wires.has("grpc-web")) {
    return "grpc-web";
  }
  const message = wires.has("connect")
    ? `the target ${JSON.stringify(name)} speaks Connect alone, which no WebSocket carries; call it by Connect over HTTP`
    : `the target ${JSON.stringify(name)} speaks neither gRPC nor gRPC-Web`;
  throw new ConnectError(message, Code.Unimplemented);
}

/**
 * Creates the request to another server.
 *
 * @param deadlineAt when the call has to be over, as `performance.now()` has it; undefined for never
 * @throws ConnectError with `INVALID_ARGUMENT` for metadata that can't be passed on, naming its key.
 */
export function createTargetRequest(
  { fields, codecSuffix }: CallHeader,
  route: CallRoute,
  wire: CarriedWire,
  deadlineAt: number | undefined,
): UpstreamRequest {
  const { target, path, caller, hidden } = route;
  const contentType = `application/${wire}${codecSuffix}`;
  const requestFields = createRequestFields(fields, { wire: "grpc-web", contentType, hidden, held: target.heldFields });
  if (wire === "grpc-web") {
    requestFields.push("accept", contentType, "x-grpc-web", "1");
  }
  const deadline = deadlineAt === undefined ? undefined : ({ at: deadlineAt, field: timeoutField } as const);
  return { method: "POST", path, fields: requestFields, deadline, caller };
}

/**
 * Creates the request to this server's own services, which read all of the client's fields themselves.
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for metadata that HTTP couldn't carry, naming its key, and for a codec
 * that these services lack.
 */
export function createLocalRequest({ fields, codecSuffix }: CallHeader, path: string, caller: RequestCaller) {
  if (!localSuffixes.includes(codecSuffix)) {
    throw wrongType();
  }
  const requestFields: FieldList = ["content-type", `application/grpc${codecSuffix}`];
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? "";
    const value = fields[i + 1] ?? "";
    assertLegalField(name, value);
    if (name !== "content-type") {
      requestFields.push(name, value);
    }
  }
  const request: UpstreamRequest = { method: "POST", path, fields: requestFields, deadline: undefined, caller };
  return request;
}

function wrongType(): ConnectError {
  return new ConnectError(
    "content-type must be application/grpc-web+proto or application/grpc-web+json",
    Code.InvalidArgument,
  );
}
