import { probePath } from "./probe-service.ts";
import { strictMaxTimeoutMs, strictReadMaxBytes } from "./profiles.ts";
import { parseScript, type Script, scriptHeader } from "./script.ts";
import { splitEnvelopes } from "./split-envelopes.ts";
import { headerOf, type WireRequest } from "./wire-request.ts";

/** The wire forms of calls. */
export type CallForm = "grpc" | "grpc-web" | "connect-stream" | "connect-unary";

/** The media type of a request in lower case, without its parameters; empty where there is none. */
export function mediaTypeOf(request: WireRequest): string {
  return (headerOf(request, "content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** The wire form that a request is in, whatever its codec; undefined where it is no call. */
export function formOf(request: WireRequest): CallForm | undefined {
  const mediaType = mediaTypeOf(request);
  if (/^application\/grpc-web(-text)?(\+|$)/.test(mediaType)) {
    return "grpc-web";
  }
  if (/^application\/grpc(\+|$)/.test(mediaType)) {
    return "grpc";
  }
  if (mediaType.startsWith("application/connect+")) {
    return "connect-stream";
  }
  if (request.method === "POST" && /^application\/(json|proto)$/.test(mediaType)) {
    return "connect-unary";
  }
  const isQueryCall = /[?&]encoding=/.test(request.target) && /[?&]message=/.test(request.target);
  return request.method === "GET" && isQueryCall ? "connect-unary" : undefined;
}

/** The path of a request, without its query. */
export function pathOf({ target }: WireRequest): string {
  return target.split("?", 1)[0] ?? "";
}

/** Whether a request is of a method that streams both ways, over a version of HTTP that can't. */
export function isHalfDuplexBidi(request: WireRequest): boolean {
  return pathOf(request) === probePath("Bidi") && request.httpVersion === "1.1";
}

const grpcTypes = "grpc(?:-web(?:-text)?)?(?:\\+(?:proto|json))?";
const unaryTypes = new RegExp(`^application/(?:${grpcTypes}|proto|json)$`);
const streamTypes = new RegExp(`^application/(?:${grpcTypes}|connect\\+(?:proto|json))$`);

/** Whether the method at a request's path takes its media type or, of a GET, its encoding. */
export function hasServedType(request: WireRequest): boolean {
  if (request.method === "GET") {
    return /^(?:proto|json)$/.test(queryOf(request).get("encoding") ?? "");
  }
  const isUnary = /\/(?:Unary|Pure)$/.test(pathOf(request));
  return (isUnary ? unaryTypes : streamTypes).test(mediaTypeOf(request));
}

/** The script that a request carries. */
export function scriptOf(request: WireRequest): Script {
  return parseScript(headerOf(request, scriptHeader));
}

/** What a request says of its timeout; undefined where it says nothing. */
export type TimeoutFact = { readonly kind: "malformed" | "too-long" } | { readonly kind: "ms"; readonly ms: number };

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** Reads the timeout of a request, by the grammar of its protocol and the limit of its profile. */
export function timeoutOf(request: WireRequest): TimeoutFact | undefined {
  const form = formOf(request);
  const isGrpc = form === "grpc" || form === "grpc-web";
  const value = headerOf(request, isGrpc ? "grpc-timeout" : "connect-timeout-ms");
  if (value === undefined || form === undefined) {
    return undefined;
  }
  const match = (isGrpc ? /^(\d{1,8})([HMSmun])$/ : /^(\d{1,10})()$/).exec(value);
  if (match === null) {
    return { kind: "malformed" };
  }
  const ms = Number(match[1]) * (unitMs[match[2] ?? ""] ?? 1);
  return request.profile === "strict" && ms > strictMaxTimeoutMs ? { kind: "too-long" } : { kind: "ms", ms };
}

/** The names of the headers that tell the encoding of messages. */
const encodingHeaders: Readonly<Record<CallForm, string>> = {
  grpc: "grpc-encoding",
  "grpc-web": "grpc-encoding",
  "connect-stream": "connect-content-encoding",
  "connect-unary": "content-encoding",
};

/** The encoding of messages that a request tells; undefined where it tells none. */
export function encodingOf(request: WireRequest): string | undefined {
  const form = formOf(request);
  if (request.method === "GET") {
    return queryOf(request).get("compression") ?? undefined;
  }
  return form === undefined ? undefined : headerOf(request, encodingHeaders[form]);
}

/** Whether a request is one of Connect that lacks the version where its profile requires that. */
export function lacksVersion(request: WireRequest): boolean {
  const form = formOf(request);
  const isConnect = form === "connect-unary" || form === "connect-stream";
  const told =
    request.method === "GET" ? queryOf(request).get("connect") : headerOf(request, "connect-protocol-version");
  return isConnect && request.profile === "strict" && told !== (request.method === "GET" ? "v1" : "1");
}

const compressedFlag = 1;
const prefixLength = 5;

/** Whether an envelope of a request has a flag that no request may have: any but that of compression. */
export function hasForeignFlag(request: WireRequest): boolean {
  const form = formOf(request);
  const { envelopes } = splitEnvelopes(request.body ?? new Uint8Array(0));
  return (
    form !== undefined && form !== "connect-unary" && envelopes.some(({ flags }) => (flags & ~compressedFlag) !== 0)
  );
}

/** Whether an envelope in a request is cut short or longer than its profile allows. */
export function hasUnreadableEnvelope(request: WireRequest): boolean {
  const form = formOf(request);
  const { envelopes, rest } = splitEnvelopes(request.body ?? new Uint8Array(0));
  const isLong = request.profile === "strict" && envelopes.some(({ data }) => data.byteLength > strictReadMaxBytes);
  return form !== undefined && form !== "connect-unary" && (rest.byteLength > 0 || isLong);
}

/** Whether the body of a request ends with a whole prefix that no byte of its message follows. */
export function endsWithPrefix(request: WireRequest): boolean {
  const form = formOf(request);
  const { rest } = splitEnvelopes(request.body ?? new Uint8Array(0));
  return form !== undefined && form !== "connect-unary" && rest.byteLength === prefixLength;
}

/** Whether a GET has a message that says to be base64, and isn't. */
export function hasBrokenBase64(request: WireRequest): boolean {
  const query = queryOf(request);
  const isBase64 = /^[A-Za-z0-9+/_-]*={0,2}$/.test((query.get("message") ?? "").replaceAll(" ", "+"));
  const bytes = (query.get("message") ?? "").replace(/=+$/, "").length;
  return request.method === "GET" && query.get("base64") === "1" && (!isBase64 || bytes % 4 === 1);
}

function queryOf({ target }: WireRequest): URLSearchParams {
  return new URLSearchParams(target.split("?", 2)[1] ?? "");
}
