import { Code } from "@connectrpc/connect";
import { decodeBase64Segments } from "./base64-segments.ts";
import { complaints, complainUnlikeStock, withHeaders } from "./complaints.ts";
import { envelopeOf, post, scripted } from "./craft-request.ts";
import { codeOfAnswer } from "./error-of-answer.ts";
import type { Judgement, Sides } from "./judge-request.ts";
import { joinFields } from "./normalise-error.ts";
import { type ProbeMethod, probePath } from "./probe-service.ts";
import {
  encodingOf,
  endsWithPrefix,
  formOf,
  hasBrokenBase64,
  hasForeignFlag,
  hasServedType,
  hasUnreadableEnvelope,
  isHalfDuplexBidi,
  lacksVersion,
  mediaTypeOf,
  pathOf,
  scriptOf,
  timeoutOf,
} from "./request-facts.ts";
import type { WantedDifference } from "./wanted-difference.ts";
import { headerOf, type WireRequest } from "./wire-request.ts";

/** The longest time that a timer of Node's waits, in milliseconds; a longer one fires at once. */
const maxTimerMs = 2_147_483_647;

const probeMethods: readonly ProbeMethod[] = ["Unary", "Pure", "ServerStream", "ClientStream", "Bidi"];
const knownPaths: ReadonlySet<string> = new Set(probeMethods.map(probePath));

/** Longer than the strict profile reads, and than a server has taken when it sees so by the prefix. */
const hugeEnvelope = envelopeOf("n".repeat(400_000));

/** Every wanted difference. */
export const wantedDifferences: readonly WantedDifference[] = [
  {
    name: "a refused media type names those that are taken",
    reason:
      "RFC 9110, section 15.5.16: the server that answers 415 ought to tell in accept-post or accept what it takes",
    parts: ["status", "headers", "reusable"],
    concerns: (request) => knownPaths.has(pathOf(request)) && !hasServedType(request),
    complain: ({ request, stock, ours }) => {
      const { "accept-post": accepted = "", ...rest } = ours.headers;
      return complaints([
        [ours.status === 415 && stock.status === refusalOf(request, 415), "the status is not 415"],
        [Object.keys(rest).length === 0, "there are other fields"],
        [accepted.split(", ").includes("application/grpc-web+proto"), "accept-post lacks gRPC-Web"],
      ]);
    },
    witness: post("Unary", [["content-type", "text/plain"]], "x"),
  },
  {
    name: "a refused method names those that are taken",
    reason: "RFC 9110, section 15.5.6: the server MUST generate an Allow header field in a 405 response",
    parts: ["status", "headers", "reusable"],
    concerns: ({ target, method }) =>
      method !== "POST" && !(method === "GET" && target.startsWith(`${probePath("Pure")}?`)),
    complain: ({ request, stock, ours }) => {
      const { allow, ...rest } = ours.headers;
      const expected = pathOf(request) === probePath("Pure") ? "POST, GET" : "POST";
      return complaints([
        [ours.status === 405 && stock.status === refusalOf(request, 405), "the status is not 405"],
        [Object.keys(rest).length === 0, "there are other fields"],
        [allow === expected, `allow is not ${expected}`],
      ]);
    },
    witness: { ...post("Unary", [["content-type", "application/json"]], "{}"), method: "PUT" },
  },
  {
    name: "OPTIONS is answered",
    reason: "RFC 9110, section 9.3.7: OPTIONS asks for the communication options, and Allow tells them",
    parts: ["status", "headers", "reusable"],
    concerns: ({ method }) => method === "OPTIONS",
    complain: ({ ours }) =>
      complaints([
        [ours.status === 204, "the status is not 204"],
        [ours.headers.allow !== undefined, "there is no allow"],
      ]),
    witness: { ...post("Unary", [["content-type", "application/json"]], "{}"), method: "OPTIONS" },
  },
  {
    name: "a call of an unknown method is answered in its protocol",
    reason:
      "statuscodes.md of gRPC: a method that isn't there is UNIMPLEMENTED; connectrpc.com/docs/protocol#error-codes: 404 for unary",
    parts: ["status", "headers", "end", "trailers"],
    concerns: (request) => !knownPaths.has(pathOf(request)) && formOf(request) !== undefined,
    complain: ({ request, ours }) =>
      complaints([
        [codeOfAnswer(ours) === Code.Unimplemented, "the code is not UNIMPLEMENTED"],
        [ours.status === (formOf(request) === "connect-unary" ? 404 : 200), "the HTTP status is another"],
      ]),
    witness: { ...post("Unary", [["content-type", "application/grpc"]], ""), target: "/unknown.Service/Method" },
  },
  {
    name: "a bidi call over HTTP/1.1 is answered in its protocol",
    reason:
      "connectrpc.com/docs/protocol: full-duplex streaming takes HTTP/2; the error is one that the client can read",
    parts: ["status", "headers", "end", "trailers", "reusable"],
    concerns: (request) => isHalfDuplexBidi(request) && request.method === "POST" && formOf(request) !== undefined,
    complain: ({ ours }) =>
      complaints([
        [codeOfAnswer(ours) === Code.Unimplemented, "the code is not UNIMPLEMENTED"],
        [ours.ending === "complete", "the answer is cut"],
      ]),
    witness: post("Bidi", [["content-type", "application/grpc-web"]], ""),
  },
  {
    name: "a timeout of 0 has passed",
    reason:
      "PROTOCOL-HTTP2.md, Timeout: a positive integer; a deadline that has passed is DEADLINE_EXCEEDED before any work",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: (request) => {
      const timeout = timeoutOf(request);
      return timeout?.kind === "ms" && timeout.ms === 0;
    },
    complain: ({ ours }) => complainOfError(ours, Code.DeadlineExceeded),
    witness: post(
      "Unary",
      [
        ["content-type", "application/json"],
        ["connect-timeout-ms", "0"],
      ],
      "{}",
    ),
  },
  {
    name: "a timeout that is none ends the call before the method runs",
    reason:
      "connectrpc.com/docs/protocol#error-codes: invalid_argument; a method that reads nothing would not notice otherwise",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: (request) => {
      const timeout = timeoutOf(request);
      return timeout?.kind === "malformed" || timeout?.kind === "too-long";
    },
    complain: ({ ours }) => complainOfError(ours, Code.InvalidArgument),
    witness: post(
      "ClientStream",
      [["content-type", "application/connect+json"], ["connect-timeout-ms", "x"], scripted({ reads: false })],
      "",
    ),
  },
  {
    name: "the deadline ends the call, whatever that waits for",
    reason:
      "PROTOCOL-HTTP2.md, Timeout: it bounds the call, also where the request is late or the method heeds no signal",
    parts: ["status", "ending", "reusable", "headers", "messages", "end", "trailers"],
    concerns: (request) => {
      const timeout = timeoutOf(request);
      const { kind } = scriptOf(request).end;
      const isShort = timeout?.kind === "ms" && timeout.ms > 0 && timeout.ms < 1_000;
      return isShort && (kind === "when-aborted" || kind === "never");
    },
    // How many messages a stream has until then is a matter of timing.
    complain: ({ ours }) => complaints([[codeOfAnswer(ours) === Code.DeadlineExceeded, "the code is another"]]),
    witness: post(
      "Unary",
      [["content-type", "application/grpc"], ["grpc-timeout", "20m"], scripted({ end: { kind: "never" } })],
      envelopeOf(""),
    ),
  },
  {
    name: "an encoding that isn't known ends the call before the method runs",
    reason: "compression.md of gRPC: a message in an unsupported encoding results in UNIMPLEMENTED, read or not",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: (request) => {
      const encoding = encodingOf(request);
      return encoding !== undefined && !["identity", "gzip", "br"].includes(encoding);
    },
    complain: ({ ours }) => complainOfError(ours, Code.Unimplemented),
    witness: post(
      "ClientStream",
      [["content-type", "application/grpc"], ["grpc-encoding", "zstd"], scripted({ reads: false })],
      "",
    ),
  },
  {
    name: "a missing version ends the call before the method runs",
    reason:
      "connectrpc.com/docs/protocol, Connect-Protocol-Version: servers may refuse requests without it, read or not",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: lacksVersion,
    complain: ({ ours }) => complainOfError(ours, Code.InvalidArgument),
    witness: {
      ...post("ClientStream", [["content-type", "application/connect+json"], scripted({ reads: false })], ""),
      profile: "strict",
    },
  },
  {
    name: "an envelope with a flag that no request has is refused",
    reason:
      "PROTOCOL-HTTP2.md, Compressed-Flag: 0 or 1; connectrpc.com/docs/protocol#streaming-request: other bits are reserved",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: hasForeignFlag,
    complain: ({ ours }) => complaints([[codeOfAnswer(ours) === Code.Internal, "the code is not Internal"]]),
    witness: post("Unary", [["content-type", "application/grpc"]], Buffer.from("8000000000", "hex")),
  },
  {
    name: "a prefix without its message is a request cut short",
    reason: "PROTOCOL-HTTP2.md, Length-Prefixed-Message: the message follows its length; stock takes this for the end",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: endsWithPrefix,
    complain: ({ ours }) => {
      const codes: (number | undefined)[] = [Code.InvalidArgument, Code.ResourceExhausted];
      return complaints([[codes.includes(codeOfAnswer(ours)), "the code is another"]]);
    },
    witness: post("ClientStream", [["content-type", "application/grpc"]], Buffer.from("0000000007", "hex")),
  },
  {
    name: "what comes before a broken envelope is answered",
    reason: "PROTOCOL-HTTP2.md, Requests: messages are delimited one by one; stock drops what came in the same piece",
    parts: ["messages", "end", "trailers"],
    concerns: (request) => pathOf(request) === probePath("Bidi") && hasUnreadableEnvelope(request),
    complain: ({ request, stock, ours }) => {
      // A method that has what it wants never gets to the broken one.
      const isSated = ours.messages.length === scriptOf(request).yields;
      return complaints([
        // A service that had begun has its trailers, though it gave no message.
        [
          ours.messages.length > stock.messages.length ||
            Object.keys(ours.trailers).length > Object.keys(stock.trailers).length,
          "there is no more of what the service gave",
        ],
        [isSated || codeOfAnswer(ours) === codeOfAnswer(stock), "the code is another"],
      ]);
    },
    witness: {
      ...post(
        "Bidi",
        [["content-type", "application/grpc"], scripted({ yields: 2 })],
        Buffer.from("000000000000ffffffff00", "hex"),
      ),
      profile: "strict",
      httpVersion: "2",
    },
  },
  {
    name: "base64 that is none is the client's fault",
    reason:
      "connectrpc.com/docs/protocol#error-codes: invalid_argument, for a request that is invalid whatever the system's state",
    parts: ["status", "headers", "end"],
    concerns: hasBrokenBase64,
    complain: ({ ours }) => complainOfError(ours, Code.InvalidArgument),
    witness: {
      ...post("Pure", [], ""),
      method: "GET",
      target: `${probePath("Pure")}?connect=v1&encoding=proto&base64=1&message=0`,
      body: undefined,
    },
  },
  {
    name: "the case and the parameters of a content type make no difference",
    reason: "RFC 9110, section 8.3.1: type and subtype are case-insensitive, and parameters may follow",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: (request) =>
      knownPaths.has(pathOf(request)) &&
      ![undefined, mediaTypeOf(request)].includes(headerOf(request, "content-type")) &&
      !isText(request),
    complain: (judgement, sides) => {
      const mediaType = mediaTypeOf(judgement.request);
      const plain = withHeaders(judgement.request, (name, value) => (name === "content-type" ? mediaType : value));
      return complainUnlikeStock(judgement, sides, plain);
    },
    witness: post("Unary", [["content-type", "Application/gRPC-Web+Proto; charset=utf-8"]], envelopeOf("")),
  },
  {
    name: "gRPC-Web's text form is served",
    reason: "PROTOCOL-WEB.md, Content-Type: application/grpc-web-text, whose payload is base64",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: (request) => knownPaths.has(pathOf(request)) && isText(request),
    complain: (judgement, sides) => complainUnlikeBinary(judgement, sides),
    witness: post("Unary", [["content-type", "application/grpc-web-text"]], envelopeOf("").toString("base64")),
  },
  {
    name: "a method's metadata can't take the place of HTTP's own fields",
    reason: "RFC 9110, section 7.6.1, and RFC 9113, section 8.2.2: connection is the connection's, not the message's",
    parts: ["status", "reusable", "headers", "messages", "end", "trailers"],
    concerns: (request) => scriptOf(request).headers.some(([name]) => name === "connection"),
    complain: ({ ours }) => complainOfError(ours, Code.Internal),
    witness: post(
      "Unary",
      [["content-type", "application/json"], scripted({ headers: [["connection", "close"]] })],
      "{}",
    ),
  },
  {
    name: "metadata whose last value is empty arrives",
    reason: "RFC 9110, section 5.5: space at the edges is no part of a value, and no reason to lose the field",
    parts: ["headers", "trailers"],
    concerns: (request) =>
      request.httpVersion === "2" &&
      metadataOf(request).some((fields) => [...new Headers(fields)].some(([, value]) => value.endsWith(" "))),
    complain: ({ request, ours }) =>
      complaints(
        metadataOf(request).flatMap((fields) =>
          Object.entries(joinFields(fields)).map(([name, value]) => {
            const told = [ours.headers[name], ours.headers[`trailer-${name}`], ours.trailers[name]];
            return [told.includes(value), `the field ${name} isn't ${JSON.stringify(value)}`] as const;
          }),
        ),
      ),
    witness: {
      ...post(
        "Unary",
        [
          ["content-type", "application/grpc"],
          scripted({
            trailers: [
              ["x-b", "a"],
              ["x-b", ""],
            ],
          }),
        ],
        envelopeOf(""),
      ),
      httpVersion: "2",
    },
  },
  {
    name: "a timeout beyond any timer is a long one",
    reason: "PROTOCOL-HTTP2.md, Timeout: 8 digits of hours are legal, and 11,000 years are not over at once",
    parts: ["status", "headers", "messages", "end", "trailers"],
    concerns: (request) => {
      const timeout = timeoutOf(request);
      return timeout?.kind === "ms" && timeout.ms > maxTimerMs;
    },
    complain: (judgement, sides) =>
      complainUnlikeStock(judgement, sides, withHeaders(judgement.request, shortenTimeout)),
    witness: post(
      "Unary",
      [["content-type", "application/grpc"], ["grpc-timeout", "99999999H"], scripted({ end: { kind: "slow" } })],
      envelopeOf(""),
    ),
  },
  {
    name: "the connection outlives a request that was refused half-read",
    reason: "RFC 9112, section 9.3: connections persist; the rest of a refused request is read and dropped",
    parts: ["reusable"],
    concerns: ({ httpVersion, body }) => httpVersion === "1.1" && body !== undefined,
    complain: ({ ours }) => complaints([[ours.reusable === true, "the connection is not usable"]]),
    witness: { ...post("Unary", [["content-type", "application/grpc"]], hugeEnvelope), profile: "strict" },
  },
];

type Answer = Judgement["ours"];

/** The headers and the trailers that a script asks for, where they aren't in the body. */
function metadataOf(request: WireRequest): [string, string][][] {
  const { headers, trailers, end } = scriptOf(request);
  const form = formOf(request);
  const isInBody = form === "connect-stream" || form === "grpc-web";
  const behind = isInBody ? [] : [...trailers, ...(end.kind === "error" ? end.metadata : [])];
  return [headers, behind].map((fields) => fields.map(([name, value]) => [name, value]));
}

/** The status with which stock refuses a request, since it looks at the version of HTTP first. */
function refusalOf(request: WireRequest, status: number): number {
  return isHalfDuplexBidi(request) ? 505 : status;
}

function complainOfError(ours: Answer, code: Code): string | undefined {
  return complaints([
    [codeOfAnswer(ours) === code, `the code is not ${Code[code]}`],
    [ours.messages.length === 0, "there are messages"],
  ]);
}

/** Our answer in text has to be what stock answers in binary. */
async function complainUnlikeBinary(judgement: Judgement, sides: Sides): Promise<string | undefined> {
  const { request, ours } = judgement;
  const plain = withHeaders(request, (name, value) => (name === "content-type" ? value.replace("-text", "") : value));
  const equivalent = { ...plain, body: request.body && decodeBase64Segments(request.body), cuts: [] };
  const { "content-type": contentType = "", ...headers } = ours.headers;
  if (!contentType.startsWith("application/grpc-web-text")) {
    return `the answer is ${contentType}`;
  }
  const binary = { ...ours, headers: { ...headers, "content-type": contentType.replace("-text", "") } };
  return complainUnlikeStock({ ...judgement, ours: binary }, sides, equivalent);
}

function isText(request: WireRequest): boolean {
  return mediaTypeOf(request).startsWith("application/grpc-web-text");
}

function shortenTimeout(name: string, value: string): string {
  return name === "grpc-timeout" ? "60S" : name === "connect-timeout-ms" ? "60000" : value;
}
