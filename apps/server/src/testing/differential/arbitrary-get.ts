import fc from "fast-check";
import { arbitraryOddPayload, arbitraryPayload, buildBody, type Codec, noOddity } from "./arbitrary-body.ts";
import { arbitraryFields, arbitraryScript } from "./arbitrary-script.ts";
import { probePath } from "./probe-service.ts";
import { profileNames } from "./profiles.ts";
import { formatScript, scriptHeader } from "./script.ts";
import type { WireRequest } from "./wire-request.ts";

/** How the query of a GET is written. */
interface QueryPlan {
  readonly codec: Codec;
  readonly payload: Uint8Array;
  readonly compression: string | undefined;
  /** How the message is written: as text that is percent-encoded, or in one of the forms of base64. */
  readonly writing: "text" | "base64url" | "base64" | "padded";
  /** The value of `base64`, where that isn't as `writing` wants it. */
  readonly base64: string | undefined;
  readonly version: string | undefined;
  readonly encoding: string | undefined;
  readonly omitsMessage: boolean;
  /** A parameter that is there twice, first with another value. */
  readonly repeated: "message" | "encoding" | "base64" | "compression" | "connect" | undefined;
}

/** The one thing about a GET that is unusual. */
const oddities = [
  "payload",
  "size",
  "compression",
  "base64",
  "version",
  "encoding",
  "message",
  "repeated",
  "timeout",
  "path",
  "method",
] as const;

type Oddity = (typeof oddities)[number] | undefined;

function arbitraryQuery(codec: Codec, oddity: Oddity): fc.Arbitrary<QueryPlan> {
  const when = <T>(name: Oddity, usual: T, ...odd: T[]) =>
    oddity === name ? fc.constantFrom(...odd) : fc.constant(usual);
  return fc.record({
    codec: fc.constant(codec),
    payload:
      oddity === "payload" ? arbitraryOddPayload(codec) : arbitraryPayload(codec, oddity === "size" ? "long" : "short"),
    compression: when<string | undefined>("compression", undefined, "gzip", "br", "identity", "zstd", ""),
    writing: fc.constantFrom("text", "base64url", "base64", "padded"),
    base64: when<string | undefined>("base64", undefined, "0", "1", "true", ""),
    version: when<string | undefined>("version", "v1", undefined, "v2", "1", ""),
    encoding: when<string | undefined>("encoding", codec, undefined, "", "xml", codec.toUpperCase()),
    omitsMessage: when("message", false, true),
    repeated: when<QueryPlan["repeated"]>(
      "repeated",
      undefined,
      "message",
      "encoding",
      "base64",
      "compression",
      "connect",
    ),
  });
}

/** Connect's GET requests, with every variant of their query parameters, of which at most one is unusual. */
export const arbitraryGet: fc.Arbitrary<WireRequest> = fc
  .tuple(fc.option(fc.constantFrom(...oddities), { nil: undefined, freq: 4 }), fc.constantFrom<Codec>("proto", "json"))
  .chain(([oddity, codec]) =>
    fc.record({
      profile: fc.constantFrom(...profileNames),
      httpVersion: fc.constantFrom("1.1" as const, "2" as const),
      method: oddity === "method" ? fc.constantFrom("HEAD", "POST") : fc.constant("GET"),
      path:
        oddity === "path"
          ? fc.constantFrom(probePath("Unary"), probePath("ServerStream"), "/unknown.Service/Method")
          : fc.constant(probePath("Pure")),
      query: arbitraryQuery(codec, oddity),
      script: arbitraryScript,
      acceptEncoding: fc.constantFrom(undefined, "gzip", "br", "identity"),
      timeout: oddity === "timeout" ? fc.constantFrom("x", "0", "60001") : fc.constantFrom(undefined, "60000"),
      metadata: arbitraryFields,
    }),
  )
  .map(({ path, query, script, acceptEncoding, timeout, metadata, ...request }) => ({
    ...request,
    target: `${path}?${writeQuery(query)}`,
    headers: [
      ...(acceptEncoding === undefined ? [] : [["accept-encoding", acceptEncoding] as const]),
      ...(timeout === undefined ? [] : [["connect-timeout-ms", timeout] as const]),
      [scriptHeader, formatScript(script)] as const,
      ...metadata,
    ],
    body: undefined,
    cuts: [],
    openEnd: false,
  }));

function writeQuery(plan: QueryPlan): string {
  const bytes = buildBody(
    { codec: plan.codec, enveloped: false, encoding: plan.compression ?? "identity", payloads: [plan.payload] },
    noOddity,
  );
  // What is compressed is no text.
  const writing = plan.writing === "text" && plan.compression !== undefined ? "base64url" : plan.writing;
  const base64 = plan.base64 ?? (writing === "text" ? undefined : "1");
  const parameters = [
    ["connect", plan.version],
    ["encoding", plan.encoding],
    ["base64", base64],
    ["compression", plan.compression],
    ["message", plan.omitsMessage ? undefined : writeMessage(bytes, writing)],
  ];
  const told = parameters.filter((parameter) => parameter[1] !== undefined).map(([name, value]) => `${name}=${value}`);
  return (plan.repeated === undefined ? told : [`${plan.repeated}=0`, ...told]).join("&");
}

function writeMessage(bytes: Uint8Array, writing: QueryPlan["writing"]): string {
  const base64 = Buffer.from(bytes).toString("base64");
  switch (writing) {
    case "text":
      return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    case "base64url":
      return Buffer.from(bytes).toString("base64url");
    case "base64":
      return encodeURIComponent(base64.replace(/=+$/, ""));
    case "padded":
      return encodeURIComponent(base64);
  }
}
