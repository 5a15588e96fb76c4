import { Code } from "@connectrpc/connect";
import { complaints, complainUnlikeStock, withHeaders } from "./complaints.ts";
import { envelopeOf, post, scripted } from "./craft-request.ts";
import { codeOfAnswer } from "./error-of-answer.ts";
import type { Judgement } from "./judge-request.ts";
import { isObject } from "./normalise-error.ts";
import {
  formOf,
  hasServedType,
  hasUnreadableEnvelope,
  isHalfDuplexBidi,
  mediaTypeOf,
  pathOf,
  timeoutOf,
} from "./request-facts.ts";
import type { WantedDifference } from "./wanted-difference.ts";
import { headerOf, type WireRequest } from "./wire-request.ts";

const everyPart = ["status", "ending", "reusable", "headers", "messages", "end", "trailers"] as const;

/** A deadline that may pass while a call is on its way, in milliseconds. */
const shortMs = 1_000;

/** What the gateway takes for a timeout, which is more than the protocols have. */
const readableGrpcTimeout = /^(?:\d+(?:\.\d+)?|Infinity)[HMSmun]$/;
const readableConnectTimeout = /^(?:\d+(?:\.\d+)?|Infinity)$/;

/** In what an answer through the gateway differs from the server's own, where stock is the server without a gateway. */
export const carriedDifferences: readonly WantedDifference[] = [
  {
    name: "a stream both ways reaches the server by HTTP/2, whatever its client speaks",
    reason: "the server refuses such a stream over HTTP/1.1, and the gateway calls it over HTTP/2",
    parts: everyPart,
    concerns: (request) => isHalfDuplexBidi(request) && request.abandoned !== true && hasPlainTimeout(request),
    complain: (judgement, sides) => complainUnlikeStock(judgement, sides, asAskedFor(judgement.request)),
    witness: post("Bidi", [["content-type", "application/grpc-web+proto"]], envelopeOf("")),
  },
  {
    name: "a client that leaves within its request gets nothing of the call",
    reason: "RFC 9112, section 8: its message is incomplete, and the call runs no more",
    parts: everyPart,
    concerns: ({ abandoned }) => abandoned === true,
    complain: ({ ours }) =>
      complaints([
        [ours.status === undefined || ours.status === 400 || tellsGateway(ours), "there is an answer"],
        [ours.messages.length === 0, "there are messages"],
      ]),
    witness: { ...post("Bidi", [["content-type", "application/grpc-web"]], ""), openEnd: true, abandoned: true },
  },
  {
    name: "metadata by a name that gRPC doesn't have is refused",
    reason: "PROTOCOL-HTTP2.md, Custom-Metadata: names are of a-z, 0-9, _, . and -, and grpc- is reserved",
    parts: everyPart,
    concerns: (request) =>
      request.headers.some(([name]) => /[^a-z0-9_.-]/.test(name)) ||
      (formOf(request) === "grpc-web" && headerOf(request, "grpc-unknown") !== undefined),
    complain: ({ ours }) => complainUnlikeRefusal(ours, Code.InvalidArgument),
    witness: post(
      "Unary",
      [
        ["content-type", "application/grpc-web+proto"],
        ["x!", "1"],
      ],
      envelopeOf(""),
    ),
  },
  {
    name: "a timeout that is none is refused by the gateway",
    reason: "PROTOCOL-HTTP2.md, Timeout; it is never passed on as it is",
    parts: everyPart,
    concerns: (request) => timeoutOf(request) !== undefined && !hasReadableTimeout(request),
    complain: ({ ours }) => complainUnlikeRefusal(ours, Code.InvalidArgument),
    witness: post(
      "Unary",
      [
        ["content-type", "application/grpc-web+proto"],
        ["grpc-timeout", "soon"],
      ],
      envelopeOf(""),
    ),
  },
  {
    name: "a timeout that clients in use write is carried in the protocol's own form",
    reason: "PROTOCOL-HTTP2.md, Timeout: at most eight digits and no fraction, which clients go beyond",
    parts: everyPart,
    concerns: (request) => isOddTimeout(request) && hasReadableTimeout(request),
    async complain(judgement, sides) {
      if (tellsGateway(judgement.ours)) {
        return complainUnlikeRefusal(judgement.ours, Code.DeadlineExceeded);
      }
      // The server may have a limit of its own, beyond which the new form is too.
      const asked = asAskedFor(judgement.request);
      const unlikeRefused = await complainUnlikeStock(judgement, sides, asked);
      return unlikeRefused && complainUnlikeStock(judgement, sides, withTimeout(asked));
    },
    witness: post(
      "Unary",
      [
        ["content-type", "application/json"],
        ["connect-timeout-ms", "12345678901"],
      ],
      "{}",
    ),
  },
  {
    name: "a deadline that passes ends the call at the gateway",
    reason: "the gateway has a clock of its own, and the server's metadata of the same end comes too late",
    parts: everyPart,
    concerns: (request) => {
      const timeout = timeoutOf(request);
      return timeout?.kind === "ms" && timeout.ms <= shortMs;
    },
    complain: (judgement, sides) =>
      // Messages may have come before.
      codeOfAnswer(judgement.ours) === Code.DeadlineExceeded
        ? undefined
        : complainUnlikeStock(judgement, sides, asAskedFor(judgement.request)),
    witness: post(
      "Unary",
      [
        ["content-type", "application/grpc-web+proto"],
        ["grpc-timeout", "20m"],
        scripted({ end: { kind: "when-aborted" }, headers: [["x-a", "1"]] }),
      ],
      envelopeOf(""),
    ),
  },
  {
    name: "a message that is too long by its prefix never leaves the gateway",
    reason: "the length is checked before the message goes on, whatever the server would have read",
    parts: everyPart,
    concerns: hasUnreadableEnvelope,
    complain: ({ ours }) => complainUnlikeRefusal(ours, Code.ResourceExhausted),
    witness: post("Unary", [["content-type", "application/grpc-web+proto"]], Buffer.of(0, 0xff, 0xff, 0xff, 0xff, 1)),
  },
  {
    name: "a client of gRPC-Web that names no encoding gets messages that are not compressed",
    reason: "PROTOCOL-WEB.md: browsers' clients read none, so the gateway asks for identity",
    parts: ["headers", "messages"],
    concerns: (request) => formOf(request) === "grpc-web" && headerOf(request, "grpc-accept-encoding") === undefined,
    complain: (judgement, sides) => complainUnlikeStock(judgement, sides, asAskedFor(judgement.request)),
    witness: {
      ...post(
        "Unary",
        [
          ["content-type", "application/grpc-web+proto"],
          ["grpc-encoding", "identity"],
        ],
        envelopeOf(""),
      ),
      profile: "compressing",
      headers: [
        ["content-type", "application/grpc-web+proto"],
        ["grpc-encoding", "gzip"],
      ],
    },
  },
  {
    name: "an answer names the codec where its request left it out",
    reason: "PROTOCOL-WEB.md, Content-Type: +proto is meant where none is named",
    parts: ["headers"],
    concerns: (request) => formOf(request) === "grpc-web" && !mediaTypeOf(request).includes("+"),
    complain: ({ stock, ours }) =>
      complaints([
        [ours.headers["content-type"] === `${stock.headers["content-type"]}+proto`, "the codec is not +proto"],
        [Object.keys(ours.headers).length === Object.keys(stock.headers).length, "there are other fields"],
      ]),
    witness: { ...post("Unary", [["content-type", "application/grpc-web"]], envelopeOf("")), target: "/unknown.S/M" },
  },
  {
    name: "what the server refuses by HTTP becomes a status",
    reason: "http-grpc-status-mapping.md: a client of gRPC-Web gets UNKNOWN for an HTTP status such as 415",
    parts: everyPart,
    concerns: (request) => formOf(request) === "grpc-web" && !hasServedType(request),
    complain: ({ stock, ours }) =>
      complaints([
        [stock.status === 415, `the server's status is ${stock.status}`],
        [codeOfAnswer(ours) === Code.Unknown, "the code is not UNKNOWN"],
        [ours.messages.length === 0, "there are messages"],
      ]),
    witness: post("Unary", [["content-type", "application/grpc-web+xml"]], "x"),
  },
  {
    name: "what is no call is refused without asking the server",
    reason: "RFC 9110, sections 15.5.5, 15.5.6 and 15.5.16: the gateway knows the protocols, and not the methods",
    parts: everyPart,
    concerns: (request) => request.method !== "POST" || formOf(request) === undefined,
    complain: ({ ours }) =>
      complaints([
        [ours.messages.length === 0, "there are messages"],
        [[404, 405, 415].includes(ours.status ?? 0) || tellsGateway(ours), `the status is ${ours.status}`],
      ]),
    witness: post("Unary", [["content-type", "text/plain"]], "x"),
  },
];

type Answer = Judgement["ours"];

/** Whether an answer says that the gateway made it. */
function tellsGateway({ headers, trailers, end }: Answer): boolean {
  const told = [headers, trailers, isObject(end) ? end : {}];
  return told.some((fields) => fields["x-switchboard-ended-by"] === "gateway");
}

function complainUnlikeRefusal(ours: Answer, ...codes: readonly Code[]): string | undefined {
  const code = codeOfAnswer(ours);
  return complaints([
    [tellsGateway(ours), "the gateway doesn't tell that it was itself"],
    [code !== undefined && codes.includes(code), `the code is ${code}`],
    [ours.messages.length === 0, "there are messages"],
  ]);
}

const timeoutFields = ["grpc-timeout", "connect-timeout-ms"];

function hasReadableTimeout(request: WireRequest): boolean {
  return formOf(request)?.startsWith("connect") === true
    ? readableConnectTimeout.test(headerOf(request, "connect-timeout-ms") ?? "")
    : readableGrpcTimeout.test(headerOf(request, "grpc-timeout") ?? "");
}

function isOddTimeout(request: WireRequest): boolean {
  const timeout = timeoutOf(request);
  return timeout?.kind === "malformed" || timeout?.kind === "too-long";
}

function hasPlainTimeout(request: WireRequest): boolean {
  const timeout = timeoutOf(request);
  return timeout === undefined || (timeout.kind === "ms" && timeout.ms > shortMs);
}

/** A request as the server gets it from the gateway: by HTTP/2 where it streams both ways, with what it reads, no query. */
function asAskedFor(request: WireRequest): WireRequest {
  const names = headerOf(request, "grpc-accept-encoding") !== undefined || formOf(request) !== "grpc-web";
  return {
    ...request,
    httpVersion: isHalfDuplexBidi(request) ? "2" : request.httpVersion,
    target: pathOf(request),
    headers: names ? request.headers : [...request.headers, ["grpc-accept-encoding", "identity"]],
  };
}

function withTimeout(request: WireRequest): WireRequest {
  return withHeaders(request, (name, value) =>
    timeoutFields.includes(name) ? (name === "grpc-timeout" ? "60S" : "60000") : value,
  );
}
