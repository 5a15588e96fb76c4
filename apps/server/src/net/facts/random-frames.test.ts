import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeFields, type Field } from "../../testing/hpack.ts";
import { frame, frameTypes, preface, settingsFrame } from "../../testing/http2-frames.ts";
import { openRawSocket } from "../../testing/raw-socket.ts";
import { startServerProcess } from "../../testing/server-process.ts";

/** How many connections are tried in all, and how many of them at a time. */
const connections = 10_000;
const atATime = 1_000;

const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const starts = ["", "GET / HTTP/1.1\r\n", "POST /Greeter/SayHello HTTP/1.1\r\nhost: localhost\r\n\r\n", preface];
const bytes = fc.tuple(fc.constantFrom(...starts), noise).map(([start, rest]) => Buffer.concat([text(start), rest]));

const fields = fc.array(
  fc.constantFrom<Field>(
    [":method", "POST"],
    [":method", "GET"],
    [":scheme", "http"],
    [":path", "/Greeter/SayHello"],
    [":path", "/test.demo/TestTwoWayStream"],
    [":authority", "localhost"],
    ["content-type", "application/grpc"],
    ["content-type", "application/json"],
    ["grpc-timeout", "1m"],
    ["connection", "close"],
    ["content-length", "3"],
    ["Upper", "case"],
  ),
  { maxLength: 8 },
);

/** A frame with a head that makes sense, and a payload that may. */
const anyFrame = fc
  .record({
    type: fc.constantFrom(...Object.values(frameTypes), 5, 10, 200),
    flag: fc.constantFrom(0, 1, 4, 5, 8, 32, 255),
    stream: fc.constantFrom(0, 1, 1, 1, 2, 3, 5, 0x7fff_ffff),
    payload: fc.oneof(
      noise,
      fields.map((each) => encodeFields(each)),
      fc.constantFrom(Buffer.alloc(0), Buffer.alloc(4), Buffer.alloc(8), Buffer.of(0, 0, 0, 0, 0)),
    ),
  })
  .map(({ type, flag, stream, payload }) => frame(type, flag, stream, payload));

const frames = fc
  .array(anyFrame, { maxLength: 12 })
  .map((each) => Buffer.concat([text(preface), settingsFrame(), ...each]));

/** Cuts what is sent in two anywhere, since frames and pieces of a connection have nothing to do with one another. */
const input = fc.tuple(fc.oneof(bytes, frames), fc.double({ min: 0, max: 1, noNaN: true }));

describe("ten thousand connections with random bytes and frames", () => {
  it("all end, and the server goes on without a fault", { timeout: 120_000 }, async () => {
    await using server = await startServerProcess("--headers-timeout", "50ms", "--idle-timeout", "50ms");
    const send = async ([all, where]: readonly [Buffer, number]) => {
      using socket = await openRawSocket(server.port);
      const cut = Math.floor(all.byteLength * where);
      socket.write(all.subarray(0, cut));
      socket.write(all.subarray(cut));
      await socket.closed();
    };
    await fc.assert(
      fc.asyncProperty(fc.array(input, { minLength: atATime, maxLength: atATime }), async (inputs) => {
        await Promise.all(inputs.map(send));
      }),
      { numRuns: connections / atATime, endOnFailure: true },
    );
    expect((await fetch(`http://localhost:${server.port}/healthz`, { headers: { connection: "close" } })).status).toBe(
      200,
    );
    await expect
      .poll(async () => (await server.measure()).resources)
      .toEqual({ PipeWrap: expect.any(Number), TCPServerWrap: 1 });
    expect((await server.measure()).openStreams).toBe(0);
    expect((await server.measure()).faults).toEqual([]);
    expect(server.stderr()).toBe("");
  });
});

function text(latin1: string): Buffer {
  return Buffer.from(latin1, "latin1");
}
