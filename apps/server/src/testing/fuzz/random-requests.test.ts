import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textEnvelope } from "../envelope.ts";
import type { Field } from "../hpack.ts";
import { openHttp2Client } from "../http2-client.ts";
import { dataFrame, flags, frame, frameTypes, resetFrame } from "../http2-frames.ts";
import { openRawSocket } from "../raw-socket.ts";
import { type Gateway, startGateway } from "../start-gateway.ts";
import { type Http2Upstream, startHttp2Upstream } from "../start-http2-upstream.ts";
import { openWebSocket } from "../websocket-client.ts";

const runs = Number(process.env.SWITCHBOARD_FUZZ_RUNS ?? 2_000);
const seed = Number(process.env.SWITCHBOARD_FUZZ_SEED ?? 20_261_121);

/** How many requests are open at a time. */
const lanes = 32;

const noise = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const paths = fc.constantFrom(
  ...["/gateway/t/a.B/C", "/gateway/t/a.B/C", "/a.B/C", "/gateway/t/a.B/C?x=%00", "/gateway/t/a%2fB/C"],
  ...["/gateway/__proto__/a.B/C", "/gateway/t/a.B", "/gateway//a.B/C", "/gateway/t/a.B/C/D", "/gateway/t/../C", "/"],
);
const types = fc.constantFrom(
  ...["application/grpc", "application/grpc+x", "application/grpc-web", "application/grpc-web-text", "text/plain"],
  ...["application/grpc-web+proto; charset=utf-8", "APPLICATION/GRPC-WEB", "application/connect+proto", "nonsense"],
);
const fields = fc.array(
  fc.constantFrom<Field>(
    ["grpc-timeout", "1m"],
    ["grpc-timeout", "0S"],
    ["grpc-timeout", "Infinitym"],
    ["grpc-timeout", "soon"],
    ["grpc-encoding", "gzip"],
    ["grpc-accept-encoding", "gzip"],
    ["grpc-status", "0"],
    ["connect-timeout-ms", "x"],
    ["x-a", ""],
    ["x-a", "\xff\x80"],
    ["x-a-bin", "@@@"],
    ["x!a", "1"],
    ["__proto__", "1"],
    ["accept", "application/grpc-web-text"],
    ["x-switchboard-hops", "9"],
    ["origin", "https://evil.example"],
    ["cookie", "a=b"],
    ["te", "trailers"],
  ),
  { maxLength: 5 },
);
const envelopes = fc
  .tuple(fc.array(fc.constantFrom("", "a", "bc"), { maxLength: 3 }), fc.nat(40), fc.boolean())
  .map(([texts, cut, isText]) => {
    const whole = Buffer.concat(texts.map(textEnvelope));
    const bytes = isText ? Buffer.from(whole.toString("base64")) : whole;
    return cut < 30 ? bytes : bytes.subarray(0, cut - 30);
  });
/** A request, and where its client leaves. */
interface RandomRequest {
  readonly path: string;
  readonly type: string;
  readonly fields: readonly Field[];
  readonly body: Buffer;
  readonly leave: "end" | "within the body" | "before the body";
  /** Where the body is cut; also what else is to be random. */
  readonly cut: number;
}

const request: fc.Arbitrary<RandomRequest> = fc.record({
  path: paths,
  type: types,
  fields,
  body: fc.oneof({ weight: 3, arbitrary: envelopes }, noise),
  leave: fc.constantFrom<RandomRequest["leave"]>("end", "end", "end", "within the body", "before the body"),
  cut: fc.nat(60),
});
/** Sends a request and tells what its client got: the statuses of gRPC and HTTP, in their order. */
type Send = (gateway: Gateway, request: RandomRequest) => Promise<readonly string[]>;

/** Writes the bytes of a request of HTTP/1.1, and ends the client's side behind them. */
const sendOverHttp1: Send = async ({ port }, { path, type, fields: more, body, leave, cut }) => {
  using socket = await openRawSocket(port);
  const lines = [["host", `localhost:${port}`], ["connection", "close"], ["content-type", type], ...more];
  const told = leave === "end" ? body.byteLength : body.byteLength + 1;
  const head = [...lines, ["content-length", `${told}`]].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.write(Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n`, "latin1"));
  if (leave === "end") {
    socket.write(body.subarray(0, cut));
    socket.write(body.subarray(cut));
    return [...(await socket.closed()).matchAll(/^HTTP\/1\.1 (?!100)(\d+)/gm)].map(([, status = ""]) => status);
  }
  socket.write(leave === "before the body" ? new Uint8Array() : body);
  return ["given up"];
};

/** Sends a request frame by frame, and reads to the end of its stream. */
const sendOverHttp2: Send = async ({ port }, { path, type, fields: more, body, leave, cut }) => {
  using client = await openHttp2Client(port);
  await client.call(1, { path, contentType: type, fields: more });
  if (leave === "before the body") {
    await client.write(resetFrame(1, cut % 14));
    return ["given up"];
  }
  await client.write(dataFrame(1, body.subarray(0, cut)));
  if (leave === "within the body") {
    await client.write(frame(cut % 12, cut % 7, cut % 3, body));
    return ["given up"];
  }
  await client.write(dataFrame(1, body.subarray(cut), flags.endStream));
  const frames = await client.ended(1);
  const ends = frames.filter(({ type: kind, flags: set }) => kind === frameTypes.reset || isEnd(kind, set));
  // A server that has answered may reset a stream without an error behind its end.
  return ends.slice(0, 1).map(({ type: kind }) => (kind === frameTypes.reset ? "reset" : "end"));
};

function isEnd(kind: number, set: number): boolean {
  return (kind === frameTypes.data || kind === frameTypes.headers) && (set & flags.endStream) !== 0;
}

/** Opens a WebSocket and sends frames of it, of which the first may be the header of a call. */
const sendOverWebSocket: Send = async ({ port }, { type, fields: more, body, leave, cut }) => {
  await using client = await openWebSocket(`http://127.0.0.1:${port}`, "/gateway/t/a.B/C");
  if (leave !== "before the body") {
    const block = [["content-type", type], ...more].map(([name, value]) => `${name}: ${value}\r\n`).join("");
    client.sendFrame({ kind: "headers", payload: Buffer.from(block, "latin1") });
  }
  if (cut % 4 === 0) {
    client.sendRaw(Buffer.concat([Buffer.of(cut % 8), body]));
  }
  client.sendFrame({ kind: "data", payload: body });
  client.sendFrame({ kind: "halfClose" });
  if (leave !== "end") {
    return ["given up"];
  }
  const { trailer } = await client.ended();
  return [trailer.get("grpc-status") ?? "none"];
};

const ways: readonly [string, number, Send][] = [
  ["HTTP/1.1", 0.4, sendOverHttp1],
  ["HTTP/2", 0.4, sendOverHttp2],
  ["WebSocket", 0.2, sendOverWebSocket],
];

function startEcho(): Promise<Http2Upstream> {
  return startHttp2Upstream((stream) => {
    stream.respond({ "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.pipe(stream);
  });
}

describe("random requests of targets", () => {
  it.each(ways)(
    "over %s have one answer each, and leave nothing open",
    { timeout: 60_000 },
    async (_way, share, send) => {
      const before = openSockets();
      {
        await using upstream = await startEcho();
        await using gateway = await startGateway(upstream.port, { proxies: true });
        const requests = fc.sample(request, { seed, numRuns: Math.round(runs * share) });
        const told: (readonly string[])[] = [];
        const lane = async () => {
          for (let next = requests.pop(); next !== undefined; next = requests.pop()) {
            told.push(await send(gateway, next));
          }
        };
        await Promise.all(Array.from({ length: lanes }, lane));
        expect(told.filter((statuses) => statuses.length !== 1)).toEqual([]);
        await expect.poll(() => upstream.openStreams()).toBe(0);
        expect(gateway.lines.length).toBeLessThanOrEqual(told.length);
        expect(new Set(gateway.lines.map(({ status }) => status))).toContain("OK");
      }
      await expect.poll(openSockets).toBe(before);
    },
  );
});

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
}
