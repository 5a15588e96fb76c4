import { Code, ConnectError } from "@connectrpc/connect";
import type { FieldList, HttpExchange } from "../net/http-exchange.ts";
import type { CallForm } from "./call-form.ts";
import type { CodecName } from "./codec-name.ts";
import type { CompressionChoice } from "./compression.ts";
import { type GetRequest, readGetRequest } from "./connect/get-request.ts";
import { connectUnaryProtocol } from "./connect/protocol.ts";
import { readDeadline } from "./deadline.ts";
import { acceptsText } from "./grpc-web/content-type.ts";
import type { Protocol } from "./protocol.ts";
import type { Route } from "./route.ts";

/** How a request is to be read and answered, by its head. */
export interface PreparedCall {
  readonly kind: "call";
  readonly protocol: Protocol;
  readonly codec: CodecName;
  /** Whether the request's body is in base64. */
  readonly textRequest: boolean;
  /** Whether the response's body is to be in base64. */
  readonly textResponse: boolean;
  /** The query of a GET, which holds the message; undefined for other requests. */
  readonly get: GetRequest | undefined;
}

/** What a request's head asks for. */
export interface CallTerms {
  readonly compression: CompressionChoice;
  readonly deadlineMs: number | undefined;
}

/** An answer by HTTP alone, to a request that no protocol has. */
export interface HttpRefusal {
  readonly kind: "refusal";
  readonly status: 405 | 415;
  /** The fields that tell what would be taken. */
  readonly fields: FieldList;
}

/** The version of the Connect protocol. */
const connectVersion = "1";

/**
 * Reads a request's head for a method.
 *
 * @param form how the request is written; undefined where it is no call
 */
export function prepareCall(
  { method, target, headers }: HttpExchange,
  route: Route,
  form: CallForm | undefined,
): PreparedCall | HttpRefusal {
  if (!route.httpMethods.includes(method)) {
    return { kind: "refusal", status: 405, fields: ["allow", route.httpMethods.join(", ")] };
  }
  const get = method === "GET" ? readGetRequest(target) : undefined;
  const protocol = get === undefined ? form?.protocol : connectUnaryProtocol;
  const codec = get === undefined ? form?.codec : get.codec;
  if (protocol === undefined || codec === undefined || !route.forms.has(protocol.form)) {
    return { kind: "refusal", status: 415, fields: ["accept-post", acceptedTypes(route)] };
  }
  const textRequest = form?.text ?? false;
  const textResponse = protocol.name === "grpc-web" && acceptsText(headers.accept, textRequest);
  return { kind: "call", protocol, codec, textRequest, textResponse, get };
}

/**
 * Reads what a request's head asks for.
 *
 * @throws ConnectError for a version, a compression or a timeout that isn't ours, and for a stream both ways over
 * HTTP/1.1, which can't read and write at a time.
 */
export function readTerms(exchange: HttpExchange, route: Route, { protocol, get }: PreparedCall): CallTerms {
  const { headers } = exchange;
  const { timeout, encoding, acceptEncoding } = protocol.requestFields;
  if (route.method.methodKind === "bidi_streaming" && exchange.httpVersion.startsWith("1.")) {
    const message = `${route.path} streams both ways, which takes HTTP/2 or a WebSocket`;
    throw new ConnectError(message, Code.Unimplemented);
  }
  if (route.requireConnectProtocolHeader && protocol.name === "connect") {
    checkVersion(get === undefined ? textOf(headers["connect-protocol-version"]) : get.version);
  }
  const asked = get === undefined ? textOf(headers[encoding]) : get.compression;
  const compression = route.forms.get(protocol.form)?.(asked, textOf(headers[acceptEncoding]));
  const timeoutValue = textOf(headers[timeout]);
  return {
    compression: compression ?? { request: undefined, response: undefined },
    deadlineMs: timeoutValue === undefined ? undefined : readDeadline(timeoutValue, protocol, route.maxTimeoutMs),
  };
}

function checkVersion(version: string | undefined): void {
  if (version !== connectVersion) {
    throw new ConnectError(
      version === undefined
        ? "the request lacks the protocol's version: connect-protocol-version: 1, or connect=v1 in a query"
        : `the protocol's version ${JSON.stringify(version.slice(0, 50))} is not ${connectVersion}`,
      Code.InvalidArgument,
    );
  }
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === "object" ? value.join(", ") : value;
}

function acceptedTypes({ forms }: Route): string {
  const prefixes = {
    "connect-unary": "application/",
    "connect-stream": "application/connect+",
    grpc: "application/grpc+",
    "grpc-web": "application/grpc-web+",
  };
  return [...forms.keys()].flatMap((form) => [`${prefixes[form]}json`, `${prefixes[form]}proto`]).join(", ");
}
