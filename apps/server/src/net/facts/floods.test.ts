import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textEnvelope } from "../../testing/envelope.ts";
import type { Field } from "../../testing/hpack.ts";
import { type Http2Client, openHttp2Client } from "../../testing/http2-client.ts";
import {
  dataFrame,
  errorCodes,
  flags,
  frame,
  frameTypes,
  goawayFrame,
  headersFrame,
  pingFrame,
  resetFrame,
  settingsFrame,
  windowUpdateFrame,
} from "../../testing/http2-frames.ts";
import { type ServerProcess, startServerProcess } from "../../testing/server-process.ts";
import { answerText } from "../../testing/wire-status.ts";

/** How many frames a flood has, or pairs of them. */
const floodLength = 20_000;

/** How many of them are written at a time: for PING and SETTINGS it is how many answers are due at once that ends them. */
const batch = 2_000;

/** How long any other client may wait for its answer meanwhile, in milliseconds. */
const longestWait = 5_000;

/** What may be left in the server's heap and buffers after one flood, in bytes: a byte or two for each of its frames. */
const mostKept = 4 * 1024 * 1024;

/** What the whole process may have grown by at its worst moment, in bytes. */
const mostGrowth = 256 * 1024 * 1024;

/** Writes the frames of a flood, by their number from 0. */
type Flood = (index: number) => Uint8Array;

const fieldsOf = (port: number): readonly Field[] => [
  [":method", "POST"],
  [":scheme", "http"],
  [":path", "/test.demo/TestTwoWayStream"],
  [":authority", `localhost:${port}`],
  ["content-type", "application/grpc"],
];

/** A flood on one open call. */
const onCall = (port: number, each: Flood): Flood => {
  const opening = headersFrame(1, fieldsOf(port));
  return (index) => (index === 0 ? opening : each(index));
};

/** A flood of calls. */
const ofCalls = (port: number, each: (stream: number) => Uint8Array): Flood => {
  const fields = fieldsOf(port);
  return (index) => Buffer.concat([headersFrame(index * 2 + 1, fields), each(index * 2 + 1)]);
};

const unfinished = headersFrame(1, [[":method", "POST"]], flags.none);

const ending: readonly (readonly [name: string, flood: (port: number) => Flood])[] = [
  ["SETTINGS", () => () => settingsFrame()],
  ["SETTINGS with 40 entries", () => () => settingsFrame(Array.from({ length: 40 }, (_, id) => [id + 20, 1]))],
  ["SETTINGS that were not awaited acknowledged", () => () => frame(frameTypes.settings, flags.ack, 0)],
  ["PING", () => pingFrame],
  ["PING answers nobody asked for", () => () => frame(frameTypes.ping, flags.ack, 0, new Uint8Array(8))],
  ["HEADERS, each reset at once", (port) => ofCalls(port, (stream) => resetFrame(stream, errorCodes.cancel))],
  ["HEADERS of more calls than may be open", (port) => ofCalls(port, () => new Uint8Array())],
  [
    "CONTINUATION of one header",
    () => (index) => (index === 0 ? unfinished : frame(frameTypes.continuation, 0, 1, Buffer.of(0, 1, 120, 1, 120))),
  ],
  ["empty CONTINUATION", () => (index) => (index === 0 ? unfinished : frame(frameTypes.continuation, 0, 1))],
  ["empty DATA", (port) => onCall(port, () => dataFrame(1, ""))],
  ["WINDOW_UPDATE of 0 on calls", (port) => ofCalls(port, (stream) => windowUpdateFrame(stream, 0))],
  ["WINDOW_UPDATE of 0 on the connection", () => () => windowUpdateFrame(0, 0)],
  ["WINDOW_UPDATE beyond the largest window", () => () => windowUpdateFrame(0, 0x7fff_ffff)],
  ["PRIORITY", () => (index) => frame(frameTypes.priority, 0, (index % 1_000) * 2 + 1, Buffer.of(0, 0, 0, 0, 16))],
  ["frames of an unknown type", () => () => frame(0xfa, 0, 0, new Uint8Array(100))],
  ["DATA of no call", () => (index) => dataFrame(index * 2 + 1, "x")],
  ["RST_STREAM of no call", () => () => resetFrame(1_001, errorCodes.cancel)],
  ["GOAWAY", () => () => goawayFrame(0, errorCodes.noError)],
];

const harmless: typeof ending = [
  ["WINDOW_UPDATE of 1 on a call", (port) => onCall(port, () => windowUpdateFrame(1, 1))],
  ["WINDOW_UPDATE of 1 on the connection", () => () => windowUpdateFrame(0, 1)],
];

describe("a flood of", () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServerProcess();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** Calls as another client, again and again while `run` runs and once after it; gives the longest wait. */
  async function longestWaitDuring(run: Promise<void>): Promise<number> {
    let running = true;
    const done = run.finally(() => {
      running = false;
    });
    let longest = 0;
    for (let isLast = false; !isLast; ) {
      isLast = !running;
      const start = performance.now();
      using client = await openHttp2Client(server.port);
      await client.call(1, { path: "/Greeter/SayHello", body: textEnvelope("a") });
      expect(answerText(await client.ended(1))).toContain("Hello, a!");
      longest = Math.max(longest, performance.now() - start);
    }
    await done;
    return longest;
  }

  /** Floods, beside other clients, and checks that they and the server's memory are none the worse. */
  async function expectToBear(client: Http2Client, flood: Flood): Promise<void> {
    const before = await server.measure();
    expect(await longestWaitDuring(write(client, flood))).toBeLessThan(longestWait);
    const after = await server.measure();
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(mostKept);
    expect(after.rss - before.rss).toBeLessThan(mostGrowth);
    expect(after.faults).toEqual([]);
  }

  const readers = [
    ["reads", true],
    ["does not read", false],
  ] as const;

  describe.each(readers)("a client that %s", (_name, reads) => {
    const open = async () => {
      const client = await openHttp2Client(server.port, { acknowledges: reads });
      if (!reads) {
        client.pause();
      }
      return client;
    };

    it.each(ending)("%s ends its connection and harms no other", async (_flood, create) => {
      using client = await open();
      await expectToBear(client, create(server.port));
      client.resume();
      await client.closed();
    });

    it.each(harmless)("%s harms nobody, and its connection goes on", async (_flood, create) => {
      using client = await open();
      await expectToBear(client, create(server.port));
      client.resume();
      await client.call(floodLength + 1, { path: "/Greeter/SayHello", body: textEnvelope("b") });
      expect(answerText(await client.ended(floodLength + 1))).toContain("Hello, b!");
    });
  });

  it("all these leaves no call open", async () => {
    await expect.poll(async () => (await server.measure()).openStreams).toBe(0);
    expect((await server.measure()).resources).not.toHaveProperty("TCPSocketWrap");
    expect(server.stderr()).toBe("");
  });
});

/** Writes a whole flood, or as much of it as the connection lives for. */
async function write(client: Http2Client, flood: Flood): Promise<void> {
  let isOpen = true;
  const closed = client.closed().then(() => {
    isOpen = false;
  });
  for (let index = 0; index < floodLength && isOpen; index += batch) {
    const frames = Array.from({ length: batch }, (_, offset) => flood(index + offset));
    await Promise.race([client.write(...frames), closed]);
  }
}
