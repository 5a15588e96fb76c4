import fc from "fast-check";
import {
  arbitraryOddEnvelope,
  arbitraryOddPayload,
  arbitraryPayload,
  buildBody,
  type Codec,
  noOddity,
} from "./arbitrary-body.ts";
import { arbitraryGet } from "./arbitrary-get.ts";
import { arbitraryEndlessScript, arbitraryFields, arbitraryScript } from "./arbitrary-script.ts";
import { arbitraryOddTimeout, arbitraryRoomyTimeout, arbitraryShortTimeout } from "./arbitrary-timeout.ts";
import { gateHeader } from "./probe-routes.ts";
import { type ProbeMethod, probePath } from "./probe-service.ts";
import { profileNames } from "./profiles.ts";
import { type Field, formatScript, type Script, scriptHeader } from "./script.ts";
import { cutBody, type WireRequest } from "./wire-request.ts";

type Protocol = "grpc" | "grpc-web" | "connect-unary" | "connect-stream";

/** The one thing about a request that is unusual. */
const aspects = [
  "nothing",
  "deadline",
  "timeout",
  "content-type",
  "encoding",
  "payload",
  "size",
  "envelope",
  "count",
  "method",
  "path",
  "version",
  "gate",
  "metadata",
  "abandoned",
] as const;

type Aspect = (typeof aspects)[number];

/** What a request is made of. */
interface Shape {
  readonly protocol: Protocol;
  readonly codec: Codec;
  readonly method: ProbeMethod;
  readonly aspect: Aspect;
}

const unaryMethods = ["Unary", "Pure"] as const;
const streamMethods = ["ServerStream", "ClientStream", "Bidi"] as const;

const arbitraryShape: fc.Arbitrary<Shape> = fc
  .record({
    protocol: fc.constantFrom<Protocol>("grpc", "grpc-web", "connect-unary", "connect-stream"),
    codec: fc.constantFrom<Codec>("proto", "json"),
    aspect: fc.oneof(
      { weight: 1, arbitrary: fc.constant<Aspect>("nothing") },
      { weight: 2, arbitrary: fc.constantFrom<Aspect>(...aspects) },
    ),
  })
  .chain((shape) => methodsOf(shape.protocol).map((method) => ({ ...shape, method })));

function methodsOf(protocol: Protocol): fc.Arbitrary<ProbeMethod> {
  switch (protocol) {
    case "connect-unary":
      return fc.constantFrom(...unaryMethods);
    case "connect-stream":
      return fc.constantFrom(...streamMethods);
    case "grpc":
    case "grpc-web":
      return fc.constantFrom(...unaryMethods, ...streamMethods);
  }
}

/** Requests of all protocols, methods and profiles, of which at most one aspect is unusual. */
export const arbitraryRequest: fc.Arbitrary<WireRequest> = fc.oneof(
  { weight: 9, arbitrary: arbitraryShape.chain(arbitraryPost) },
  { weight: 1, arbitrary: arbitraryGet },
);

function arbitraryPost(shape: Shape): fc.Arbitrary<WireRequest> {
  return fc
    .record({
      profile: shape.aspect === "gate" ? fc.constant("strict" as const) : fc.constantFrom(...profileNames),
      httpVersion:
        shape.aspect === "abandoned" ? fc.constant("1.1" as const) : fc.constantFrom("1.1" as const, "2" as const),
      abandoned: fc.constant(shape.aspect === "abandoned"),
      method:
        shape.aspect === "method"
          ? fc.constantFrom("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")
          : fc.constant("POST"),
      target: arbitraryTarget(shape),
      contentType: arbitraryContentType(shape),
      script: arbitraryScriptFor(shape),
      metadata: arbitraryFields,
      fields: arbitraryProtocolFields(shape),
      encoding: arbitraryEncoding(shape),
      body: arbitraryBody(shape),
      cuts: arbitraryCuts,
      openEnd: fc.boolean(),
    })
    .map(({ contentType, script, metadata, fields, encoding, body, ...request }) => ({
      ...request,
      headers: [
        ...contentType,
        ...fields,
        ...encodingFields(shape.protocol, encoding),
        [scriptHeader, formatScript(script)],
        ...metadata,
      ],
      body: hasNoBody(request.method) ? undefined : writeBody(body(encoding.really), contentType, request.cuts),
    }));
}

function arbitraryScriptFor({ aspect }: Shape): fc.Arbitrary<Script> {
  switch (aspect) {
    case "deadline":
      return arbitraryEndlessScript;
    case "abandoned":
      // A method that reads nothing may answer before its client leaves, or not.
      return arbitraryScript.map((script) => ({ ...script, reads: true }));
    default:
      return arbitraryScript;
  }
}

function hasNoBody(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/** In gRPC-Web's text form the body is base64, of which every piece may be padded: here each up to a cut is. */
function writeBody(body: Uint8Array, contentType: readonly Field[], cuts: readonly number[]): Uint8Array {
  const isText = contentType.some(([, value]) => value.startsWith("application/grpc-web-text"));
  return isText
    ? Buffer.from(
        cutBody(body, cuts)
          .map((piece) => Buffer.from(piece).toString("base64"))
          .join(""),
      )
    : body;
}

/** Where a body is cut: nowhere, at a few places, or after every byte of its beginning. */
export const arbitraryCuts: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<number[]>([]) },
  {
    weight: 3,
    arbitrary: fc
      .uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 4 })
      .map((cuts) => cuts.sort((a, b) => a - b)),
  },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 20 }, (_, index) => index + 1)) },
);

function arbitraryTarget({ method, aspect }: Shape): fc.Arbitrary<string> {
  const path = probePath(method);
  return aspect === "path"
    ? fc.constantFrom(
        `${path}?a=b`,
        `${path}?`,
        `${path}/`,
        `${path}x`,
        path.toLowerCase(),
        path.replace("Probe", "Prob%65"),
        "/unknown.Service/Method",
        "/differential.v1.Probe/",
        "/",
      )
    : fc.constant(path);
}

const prefixes: Readonly<Record<Protocol, string>> = {
  grpc: "application/grpc+",
  "grpc-web": "application/grpc-web+",
  "connect-unary": "application/",
  "connect-stream": "application/connect+",
};

function arbitraryContentType({ protocol, codec, aspect }: Shape): fc.Arbitrary<Field[]> {
  const usual = prefixes[protocol] + codec;
  const bare = usual.slice(0, usual.indexOf("+"));
  const isGrpc = protocol === "grpc" || protocol === "grpc-web";
  const values =
    aspect === "content-type"
      ? [
          undefined,
          "",
          usual.toUpperCase(),
          `${usual}; charset=utf-8`,
          `${usual};charset=utf-8`,
          `${usual};charset=UTF-8`,
          `${usual}; charset=iso-8859-1`,
          `${usual}; a=b; c="d"`,
          `${usual};`,
          `${usual}x`,
          `${usual} ; a=b`,
          `${prefixes[protocol]}xml`,
          "text/plain",
          "application/json",
          "application/proto",
          "application/connect+json",
          "application/connect+proto",
          "application/connectproto",
          ...(protocol === "grpc-web" ? ["application/grpc-web-text", `application/grpc-web-text+${codec}`] : []),
          "application/octet-stream",
          "nonsense",
        ]
      : isGrpc && codec === "proto"
        ? [usual, bare]
        : [usual];
  return fc.constantFrom(...values).map((value) => (value === undefined ? [] : [["content-type", value]]));
}

function arbitraryProtocolFields({ protocol, aspect }: Shape): fc.Arbitrary<Field[]> {
  const style = protocol === "grpc" || protocol === "grpc-web" ? "grpc" : "connect";
  const timeout =
    aspect === "deadline"
      ? arbitraryShortTimeout(style)
      : aspect === "timeout"
        ? arbitraryOddTimeout(style)
        : arbitraryRoomyTimeout(style);
  const version: fc.Arbitrary<string | undefined> =
    aspect === "version" ? fc.constantFrom(undefined, "", "2", "v1", "1, 1") : fc.constant("1");
  const gate = aspect === "gate" ? fc.integer({ min: 1, max: 16 }) : fc.constant(undefined);
  const broken =
    aspect === "metadata"
      ? fc.constantFrom<Field>(
          ["x-a-bin", "@@@"],
          ["x-a-bin", "YQ, Yg==, ,"],
          ["x-latin", "caf\xe9"],
          ["x!#$%&'*+^`|~", "token"],
          ["grpc-trace-bin", "AAA"],
          ["te", "trailers"],
          ["user-agent", "probe/1 (x; y)"],
          ["grpc-unknown", "x"],
          ["expect", "100-continue"],
          ["cookie", "a=b; c=d"],
          ["accept", "*/*"],
        )
      : fc.constant(undefined);
  return fc
    .tuple(timeout, version, gate, broken)
    .map(([timeoutValue, versionValue, code, field]) => [
      ...optional(style === "grpc" ? "grpc-timeout" : "connect-timeout-ms", timeoutValue),
      ...optional("connect-protocol-version", style === "connect" ? versionValue : undefined),
      ...optional(gateHeader, code?.toString()),
      ...(field === undefined ? [] : [field]),
    ]);
}

interface EncodingPlan {
  readonly told: string | undefined;
  readonly accepted: string | undefined;
  /** What the payloads are really compressed with. */
  readonly really: string;
}

function arbitraryEncoding({ aspect }: Shape): fc.Arbitrary<EncodingPlan> {
  const accepted = fc.constantFrom(
    undefined,
    undefined,
    "",
    "gzip",
    "br",
    "identity",
    "gzip,br",
    "br, gzip",
    "zstd,identity",
    "gzip;q=0",
    "*",
    "GZIP",
  );
  if (aspect !== "encoding") {
    return fc
      .tuple(fc.constantFrom(undefined, undefined, "identity", "gzip", "br"), accepted)
      .map(([told, accepts]) => ({ told, accepted: accepts, really: told ?? "identity" }));
  }
  return fc.record({
    told: fc.constantFrom(
      undefined,
      "",
      "identity",
      "gzip",
      "br",
      "zstd",
      "deflate",
      "GZIP",
      "gzip,br",
      "gzip, gzip",
      "x y",
    ),
    accepted,
    really: fc.constantFrom("identity", "gzip", "br"),
  });
}

function encodingFields(protocol: Protocol, { told, accepted }: EncodingPlan): Field[] {
  const [encodingName, acceptName] = encodingNames[protocol];
  return [...optional(encodingName, told), ...optional(acceptName, accepted)];
}

const encodingNames: Readonly<Record<Protocol, readonly [string, string]>> = {
  grpc: ["grpc-encoding", "grpc-accept-encoding"],
  "grpc-web": ["grpc-encoding", "grpc-accept-encoding"],
  "connect-unary": ["content-encoding", "accept-encoding"],
  "connect-stream": ["connect-content-encoding", "connect-accept-encoding"],
};

function arbitraryBody({ protocol, codec, method, aspect }: Shape): fc.Arbitrary<(encoding: string) => Uint8Array> {
  const enveloped = protocol !== "connect-unary";
  const many = method === "ClientStream" || method === "Bidi";
  const payload =
    aspect === "payload" ? arbitraryOddPayload(codec) : arbitraryPayload(codec, aspect === "size" ? "long" : "short");
  const usualCount = many && enveloped ? { minLength: 0, maxLength: 3 } : { minLength: 1, maxLength: 1 };
  const payloads = fc.array(payload, aspect === "count" ? { maxLength: 3 } : usualCount);
  const oddity = aspect === "envelope" ? arbitraryOddEnvelope : fc.constant(noOddity);
  return fc.tuple(payloads, oddity).map(
    ([each, odd]) =>
      (encoding: string) =>
        // Behind a wrong length everything is wrong, and which fault counts is anyone's choice.
        buildBody({ codec, enveloped, encoding, payloads: odd.length === 0 ? each : each.slice(0, 1) }, odd),
  );
}

function optional(name: string, value: string | undefined): Field[] {
  return value === undefined ? [] : [[name, value]];
}
