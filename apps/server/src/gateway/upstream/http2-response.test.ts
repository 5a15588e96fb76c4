import { setImmediate as turn } from "node:timers/promises";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import type { FrameConnection } from "../../testing/frame-connection.ts";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import type { Field } from "../../testing/hpack.ts";
import {
  dataFrame,
  describeFrame,
  errorCodes,
  flags,
  frame,
  frameTypes,
  goawayFrame,
  headersFrame,
  resetFrame,
} from "../../testing/http2-frames.ts";
import { createLoopbackUpstream } from "../../testing/loopback-upstream.ts";
import { type RecordedExchange, recordExchange } from "../../testing/record-exchange.ts";

const end = flags.endHeaders | flags.endStream;
const head = headersFrame(1, [
  [":status", "200"],
  ["content-type", "application/grpc"],
]);
const body = dataFrame(1, "hello");
const trailers = headersFrame(1, [["grpc-status", "0"]], end);

/** The longest payload of a frame, until the peer allows more. */
const maxPayload = 16_384;

/** Trailers of any length, in a HEADERS frame and as many of CONTINUATION as it takes. */
function longTrailers(fields: readonly Field[]): Buffer {
  const block = headersFrame(1, fields).subarray(9);
  const frames: Buffer[] = [];
  for (let at = 0; at < block.byteLength; at += maxPayload) {
    const type = at === 0 ? frameTypes.headers : frameTypes.continuation;
    const isLast = at + maxPayload >= block.byteLength;
    const flag = (at === 0 ? flags.endStream : flags.none) | (isLast ? flags.endHeaders : flags.none);
    frames.push(frame(type, flag, 1, block.subarray(at, at + maxPayload)));
  }
  return Buffer.concat(frames);
}

/** Has a server answer one request by these frames, and gives what is told of it once it is over. */
async function answered(
  answer: (connection: FrameConnection) => Promise<unknown>,
  { endsRequest = true }: { readonly endsRequest?: boolean } = {},
): Promise<RecordedExchange & { readonly frames: readonly string[] }> {
  await using server = await startFrameServer({ settings: [] });
  using upstream = createLoopbackUpstream(server.port);
  const recorded = recordExchange(upstream, { body: endsRequest ? new Uint8Array(1) : undefined });
  const connection = await server.connection(0);
  await requestHead(connection, 1);
  await answer(connection);
  await recorded.closed();
  return { ...recorded, frames: connection.frames.filter(({ stream }) => stream === 1).map(describeFrame) };
}

async function faultOf(answer: (connection: FrameConnection) => Promise<unknown>) {
  const recorded = await answered(answer);
  const fault = await recorded.closed();
  return { events: recorded.events, code: fault?.code, endedBy: fault?.endedBy };
}

describe("a response", () => {
  it("is told in its order", async () => {
    const { events, heads, trailers: told } = await answered((server) => server.write(head, body, body, trailers));
    expect(events).toEqual(["head 200", "data 5", "data 5", "trailers", "close"]);
    expect(heads).toEqual([{ status: 200, fields: ["content-type", "application/grpc"], isEnd: false }]);
    expect(told).toEqual([["grpc-status", "0"]]);
  });

  it("may be one header block", async () => {
    const block = headersFrame(
      1,
      [
        [":status", "200"],
        ["grpc-status", "5"],
      ],
      end,
    );
    const { events, heads } = await answered((server) => server.write(block));
    expect(events).toEqual(["head 200", "close"]);
    expect(heads).toEqual([{ status: 200, fields: ["grpc-status", "5"], isEnd: true }]);
  });

  it("begins behind early hints", async () => {
    const hints = headersFrame(1, [
      [":status", "103"],
      ["link", "</a>"],
    ]);
    const { events } = await answered((server) => server.write(hints, head, body, trailers));
    expect(events).toEqual(["head 200", "data 5", "trailers", "close"]);
  });

  it.each([true, false])("may end without trailers; the request has ended: %s", async (endsRequest) => {
    const last = dataFrame(1, "hello", flags.endStream);
    const { events } = await answered((server) => server.write(head, last), { endsRequest });
    expect(events).toEqual(["head 200", "data 5", "close"]);
  });

  it("keeps the order of repeated fields and the bytes of their values", async () => {
    const fields: Field[] = [
      ["x-one", "1"],
      ["x-two", ""],
      ["x-one", "\u00e9\u00ff"],
      ["x-bin", "AAA"],
      ["x-bin", "BBB,CCC"],
    ];
    const block = headersFrame(1, [[":status", "200"], ...fields]);
    const last = headersFrame(1, fields, end);
    const { heads, trailers: told } = await answered((server) => server.write(block, last));
    expect(heads[0]?.fields).toEqual(fields.flat());
    expect(told).toEqual([fields.flat()]);
  });

  it("ends by its trailers though the request is open, which ends with it", async () => {
    const { events, frames } = await answered(
      async (server) => {
        await server.write(head, body, trailers);
        await server.ended(1);
      },
      { endsRequest: false },
    );
    expect(events).toEqual(["head 200", "data 5", "trailers", "close"]);
    expect(frames).toEqual(["HEADERS", "DATA END_STREAM"]);
  });

  it("ends by its trailers though the request waits for the server's window, which is reset without an error", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const { exchange, closed } = recordExchange(upstream);
    expect(exchange.write(new Uint8Array(1_000_000))).toBe(false);
    const connection = await server.connection(0);
    await requestHead(connection, 1);
    await connection.write(head, trailers);
    expect(await closed()).toBeUndefined();
    const reset = await connection.received(({ type }) => type === frameTypes.reset);
    expect(describeFrame(reset)).toBe("RST_STREAM 0");
  });

  it("keeps its trailers though the server stops the upload in the same packet", async () => {
    const { events } = await answered(
      (server) => server.write(head, body, trailers, resetFrame(1, errorCodes.noError)),
      { endsRequest: false },
    );
    expect(events).toEqual(["head 200", "data 5", "trailers", "close"]);
  });

  it.each<[string, Field[]]>([
    ["200 trailers", Array.from({ length: 200 }, (_, index) => [`x-${index}`, "value"] as const)],
    ["details of 60 KB", [["grpc-status-details-bin", "a".repeat(60_000)]]],
    ["4 trailers of 20 KiB", ["a", "b", "c", "d"].map((name) => [`x-${name}`, "b".repeat(20_480)] as const)],
  ])("may have %s", async (_what, fields) => {
    const { events, trailers: told } = await answered((server) => server.write(head, body, longTrailers(fields)));
    expect(events).toEqual(["head 200", "data 5", "trailers", "close"]);
    expect(told[0]).toEqual(fields.flat());
  });
});

describe("a response that is cut off", () => {
  it.each([
    [errorCodes.protocolError, Code.Internal],
    [errorCodes.internalError, Code.Internal],
    [errorCodes.refusedStream, Code.Unavailable],
    [errorCodes.cancel, Code.Canceled],
    [errorCodes.enhanceYourCalm, Code.ResourceExhausted],
  ])("by a reset with %d has the code %d behind what was received", async (code, expected) => {
    const fault = await faultOf((server) => server.write(head, body, resetFrame(1, code)));
    const kind = code === errorCodes.protocolError ? "protocol-error" : "reset";
    expect(fault).toEqual({
      events: ["head 200", "data 5", `close ${kind}`],
      code: expected,
      endedBy: "upstream",
    });
  });

  it("by NO_ERROR has no trailers", async () => {
    const recorded = await answered((server) => server.write(head, body, resetFrame(1, errorCodes.noError)));
    expect(recorded.events).toEqual(["head 200", "data 5", "close"]);
  });

  it("by NO_ERROR before its head is a fault", async () => {
    const fault = await faultOf((server) => server.write(resetFrame(1, errorCodes.noError)));
    expect(fault).toEqual({ events: ["close reset"], code: Code.Internal, endedBy: "upstream" });
  });

  it.each([
    ["an upper-case name", "X-Upper"],
    ["a field of the connection", "connection"],
  ])("by %s is a fault", async (_what, name) => {
    const block = headersFrame(1, [
      [":status", "200"],
      [name, "1"],
    ]);
    const { code } = await faultOf((server) => server.write(block));
    expect(code).toBe(Code.Internal);
  });

  it.each<[string, Field[]]>([
    ["a field of 70 KB", [["x-long", "a".repeat(71_680)]]],
    ["a block of 160 KB", Array.from({ length: 40 }, (_, index) => [`x-${index}`, "a".repeat(4_096)] as const)],
  ])("by %s says so", async (_what, fields) => {
    const recorded = await answered((server) => server.write(head, body, longTrailers(fields)));
    const fault = await recorded.closed();
    expect(recorded.events).toEqual(["head 200", "data 5", "close header-too-large"]);
    expect(fault).toMatchObject({ code: Code.Internal, endedBy: "gateway" });
    expect(fault?.message).toContain("more than 64 KiB");
  });

  it("by too many fields ends alone", async () => {
    const fields = Array.from({ length: 4_100 }, (_, index) => [`x-${index}`, "1"] as const);
    const fault = await faultOf((server) => server.write(head, body, longTrailers(fields)));
    expect(fault.code).toBe(Code.ResourceExhausted);
  });
});

describe("a connection that is lost", () => {
  it.each(["end", "reset"] as const)("by %s fails the call and is replaced for the next one", async (how) => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const first = recordExchange(upstream, { body: new Uint8Array(1) });
    const connection = await server.connection(0);
    await requestHead(connection, 1);
    await connection.write(head, body);
    await first.told("data");
    const [socket] = server.sockets;
    if (how === "end") {
      socket?.end();
    } else {
      socket?.resetAndDestroy();
    }
    expect(await first.closed()).toMatchObject({ code: Code.Unavailable, kind: "connection-lost" });
    expect(first.events).toEqual(["head 200", "data 5", "close connection-lost"]);

    const second = recordExchange(upstream, { body: new Uint8Array(1) });
    const next = await server.connection(1);
    await requestHead(next, 1);
    await next.write(head, trailers);
    expect(await second.closed()).toBeUndefined();
  });

  it("by GOAWAY with an error fails the call by its name", async () => {
    const recorded = await answered((server) => server.write(head, body, goawayFrame(1, errorCodes.internalError)));
    expect(await recorded.closed()).toMatchObject({
      code: Code.Unavailable,
      kind: "went-away",
      parameters: { code: "INTERNAL_ERROR" },
    });
  });

  it("after GOAWAY without an error lets the call finish", async () => {
    const recorded = await answered(async (server) => {
      await server.write(head, goawayFrame(1, errorCodes.noError));
      await turn();
      await server.write(body, trailers);
    });
    expect(recorded.events).toEqual(["head 200", "data 5", "trailers", "close"]);
  });
});

describe("cancel()", () => {
  it("resets the stream and tells nothing more", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const { exchange, events, told } = recordExchange(upstream);
    const connection = await server.connection(0);
    await requestHead(connection, 1);
    await connection.write(head, body);
    await told("data");
    exchange.cancel();
    const reset = await connection.received(({ type }) => type === frameTypes.reset);
    expect(describeFrame(reset)).toBe("RST_STREAM 8");
    expect(events).toEqual(["head 200", "data 5"]);
  });

  it("sends no reset where the response is complete", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const first = recordExchange(upstream, { body: new Uint8Array(1) });
    const connection = await server.connection(0);
    await connection.ended(1);
    await connection.write(head, body, trailers);
    await first.told("trailers");
    first.exchange.cancel();
    recordExchange(upstream, { body: new Uint8Array(1) });
    await connection.ended(3);
    expect(connection.frames.filter(({ type }) => type === frameTypes.reset)).toEqual([]);
  });
});
