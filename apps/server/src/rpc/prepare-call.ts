import { Code, ConnectError } from "@connectrpc/connect";
import type { FieldList, HttpExchange } from "../net/http-exchange.ts";
import { type CallForm, readCallForm } from "./call-form.ts";
import type { CompressionChoice } from "./compression.ts";
import { type GetRequest, readGetRequest } from "./connect/get-request.ts";
import { connectUnaryProtocol } from "./connect/protocol.ts";
import { readDeadline } from "./deadline.ts";
import { acceptsText } from "./grpc-web/content-type.ts";
import type { Route } from "./route.ts";

/** How a request is to be read and answered, by its head. */
export interface PreparedCall {
  readonly kind: "call";
  readonly form: CallForm;
  /** Whether the response's body is to be in base64. */
  readonly textResponse: boolean;
  /** Chooses the compressions and reads the deadline, in milliseconds from now. */
  readonly terms: () => CallTerms;
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

/** Reads a request's head for a method. */
export function prepareCall(exchange: HttpExchange, route: Route): PreparedCall | HttpRefusal {
  if (!route.httpMethods.includes(exchange.method)) {
    return { kind: "refusal", status: 405, fields: ["allow", route.httpMethods.join(", ")] };
  }
  const get = exchange.method === "GET" ? readGetRequest(exchange.target) : undefined;
  const form = get === undefined ? readCallForm(exchange.headers["content-type"] ?? "") : formOfGet(get);
  if (form === undefined || !route.forms.has(form.protocol.form)) {
    return { kind: "refusal", status: 415, fields: ["accept-post", acceptedTypes(route)] };
  }
  const textResponse = form.protocol.name === "grpc-web" && acceptsText(exchange.headers.accept, form.text);
  return { kind: "call", form, textResponse, get, terms: () => readTerms(exchange, route, { form, get }) };
}

function formOfGet({ codec }: GetRequest): CallForm | undefined {
  return codec && { protocol: connectUnaryProtocol, codec, text: false };
}

/**
 * @throws ConnectError for a version, a compression or a timeout that isn't ours, and for a stream both ways over HTTP/1.1,
 * which can't read and write at a time.
 */
function readTerms(
  exchange: HttpExchange,
  route: Route,
  { form: { protocol }, get }: Pick<PreparedCall, "form" | "get">,
): CallTerms {
  const { headers } = exchange;
  const { timeout, encoding, acceptEncoding } = protocol.requestFields;
  if (route.method.methodKind === "bidi_streaming" && exchange.httpVersion.startsWith("1.")) {
    const message = `${route.path} streams both ways, which takes HTTP/2 or a WebSocket`;
    throw new ConnectError(message, Code.Unimplemented);
  }
  if (route.requireConnectProtocolHeader && protocol.name === "connect") {
    checkVersion(get === undefined ? textOf(headers["connect-protocol-version"]) : get.version?.replace(/^v/, ""));
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
        ? `the request lacks the protocol's version: connect-protocol-version: ${connectVersion}, or connect=v${connectVersion} in a query`
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
