import { Code } from "@connectrpc/connect";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { FrameConnection } from "../../testing/frame-connection.ts";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import {
  dataFrame,
  errorCodes,
  flags,
  frame,
  frameTypes,
  goawayFrame,
  headersFrame,
  resetFrame,
  settingsFrame,
} from "../../testing/http2-frames.ts";
import { createLoopbackUpstream } from "../../testing/loopback-upstream.ts";
import { recordExchange } from "../../testing/record-exchange.ts";

const body = new Uint8Array(1);
const oneStream = [[3, 1]] as const;

function answer(connection: FrameConnection, stream: number): Promise<void> {
  return connection.write(
    headersFrame(stream, [[":status", "200"]]),
    headersFrame(stream, [["grpc-status", "0"]], flags.endHeaders | flags.endStream),
  );
}

/** The request heads that a connection has received. */
function callsOn({ frames }: FrameConnection): number {
  return frames.filter(({ fields }) => fields?.has(":path") === true).length;
}

describe("calls before the server's SETTINGS", () => {
  it("wait for them, and none is refused", async () => {
    await using server = await startFrameServer({ settings: undefined, acknowledges: false });
    using upstream = createLoopbackUpstream(server.port);
    const calls = Array.from({ length: 20 }, () => recordExchange(upstream, { body }));
    const connection = await server.connection(0);
    await connection.received(({ type }) => type === frameTypes.settings);
    expect(callsOn(connection)).toBe(0);
    await connection.write(settingsFrame([[3, 100]]), frame(frameTypes.settings, flags.ack, 0));
    for (let stream = 1; stream < 40; stream += 2) {
      await connection.ended(stream);
      await answer(connection, stream);
    }
    const faults = await Promise.all(calls.map(({ closed }) => closed()));
    expect(faults).toEqual(Array.from({ length: 20 }));
  });
});

describe("a server that takes one call at a time on a connection", () => {
  it("gets the second call on a second connection", async () => {
    await using server = await startFrameServer({ settings: oneStream });
    using upstream = createLoopbackUpstream(server.port);
    const calls = [recordExchange(upstream, { body }), recordExchange(upstream, { body })];
    const connections = [await server.connection(0), await server.connection(1)];
    await Promise.all(connections.map((connection) => connection.ended(1)));
    await Promise.all(connections.map((connection) => answer(connection, 1)));
    expect(await Promise.all(calls.map(({ closed }) => closed()))).toEqual([undefined, undefined]);
  });

  it("gets the calls beyond the limit of connections one after the other", async () => {
    await using server = await startFrameServer({ settings: oneStream });
    using upstream = createLoopbackUpstream(server.port, { limits: { maxConnections: 1 } });
    const first = recordExchange(upstream, { body });
    const second = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.ended(1);
    expect(callsOn(connection)).toBe(1);
    await answer(connection, 1);
    await connection.ended(3);
    await answer(connection, 3);
    expect([await first.closed(), await second.closed()]).toEqual([undefined, undefined]);
    expect(server.sockets).toHaveLength(1);
  });

  it("refuses the call that finds the queue full", async () => {
    await using server = await startFrameServer({ settings: oneStream });
    using upstream = createLoopbackUpstream(server.port, { limits: { maxConnections: 1, maxWaiting: 1 } });
    recordExchange(upstream, { body });
    await requestHead(await server.connection(0), 1);
    recordExchange(upstream, { body });
    const refused = recordExchange(upstream, { body });
    expect(refused.events).toEqual([]);
    expect(await refused.closed()).toMatchObject({
      code: Code.ResourceExhausted,
      kind: "queue-full",
      parameters: { limit: "1" },
    });
  });

  it("forgets a call at once that is cancelled while it waits", async () => {
    await using server = await startFrameServer({ settings: oneStream });
    using upstream = createLoopbackUpstream(server.port, { limits: { maxConnections: 1, maxWaiting: 1 } });
    recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.ended(1);
    const cancelled = recordExchange(upstream, { body });
    cancelled.exchange.cancel();
    const next = recordExchange(upstream, { body });
    await answer(connection, 1);
    await connection.ended(3);
    await answer(connection, 3);
    expect(await next.closed()).toBeUndefined();
    expect(cancelled.events).toEqual([]);
    expect(callsOn(connection)).toBe(2);
  });

  it.each([
    ["its deadline", 500, { code: Code.DeadlineExceeded, kind: "deadline", endedBy: "gateway" }],
    ["the limit of waiting", 40_000, { code: Code.Unavailable, kind: "queue-timeout", endedBy: "gateway" }],
  ])("lets a call wait no longer than %s", async (_what, deadlineMs, expected) => {
    await using server = await startFrameServer({ settings: oneStream });
    using upstream = createLoopbackUpstream(server.port, { limits: { maxConnections: 1 } });
    recordExchange(upstream, { body });
    await requestHead(await server.connection(0), 1);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const deadline = { at: performance.now() + deadlineMs, field: "grpc-timeout" } as const;
    const waiting = recordExchange(upstream, { body, deadline });
    vi.advanceTimersByTime(Math.min(deadlineMs, 30_000) - 1);
    expect(waiting.events).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(await waiting.closed()).toMatchObject(expected);
  });
});

describe("a server that takes no calls at first", () => {
  it("gets the calls that wait once it allows some", async () => {
    await using server = await startFrameServer({ settings: [[3, 0]] });
    using upstream = createLoopbackUpstream(server.port, { limits: { maxConnections: 1 } });
    const recorded = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.received(({ type, flags: set }) => type === frameTypes.settings && set === flags.ack);
    expect(callsOn(connection)).toBe(0);
    await connection.write(settingsFrame([[3, 1]]));
    await connection.ended(1);
    await answer(connection, 1);
    expect(await recorded.closed()).toBeUndefined();
  });
});

describe("the deadline of a call", () => {
  it("is told with what is left of it once the call leaves", async () => {
    await using server = await startFrameServer({ settings: oneStream });
    using upstream = createLoopbackUpstream(server.port, { limits: { maxConnections: 1 } });
    recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.ended(1);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    recordExchange(upstream, { body, deadline: { at: performance.now() + 10_000, field: "grpc-timeout" } });
    vi.advanceTimersByTime(4_000);
    await answer(connection, 1);
    const { fields } = await requestHead(connection, 3);
    expect(fields?.get("grpc-timeout")).toBe("6000m");
  });
});

describe("a flood of cancelled calls", () => {
  it("moves to other connections before the server counts too many resets", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const steady = recordExchange(upstream, { body });
    const first = await server.connection(0);
    await first.ended(1);
    for (let round = 0; round < 20; round++) {
      const calls = Array.from({ length: 100 }, () => recordExchange(upstream, { body }));
      await vi.waitFor(async () => expect(await totalCalls()).toBe(1 + (round + 1) * 100));
      calls.forEach(({ exchange }) => void exchange.cancel());
      await vi.waitFor(async () => expect(await totalResets()).toBe((round + 1) * 100));
    }
    const resets = await Promise.all(
      server.sockets.map(async (_socket, index) => resetsOn(await server.connection(index))),
    );
    // Netty's limit, the lowest that is known.
    expect(Math.max(...resets)).toBeLessThan(200);
    await answer(first, 1);
    expect(await steady.closed()).toBeUndefined();

    async function totalCalls() {
      return (await connections()).reduce((sum, each) => sum + callsOn(each), 0);
    }
    async function totalResets() {
      return (await connections()).reduce((sum, each) => sum + resetsOn(each), 0);
    }
    function connections() {
      return Promise.all(server.sockets.map((_socket, index) => server.connection(index)));
    }
    function resetsOn({ frames }: FrameConnection): number {
      return frames.filter(({ type }) => type === frameTypes.reset).length;
    }
  });
});

describe("GOAWAY", () => {
  it("lets 20 calls finish and sends 5 new ones to a new connection", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const running = Array.from({ length: 20 }, () => recordExchange(upstream, { body }));
    const old = await server.connection(0);
    await old.ended(39);
    await old.write(goawayFrame(39, errorCodes.noError), headersFrame(1, [[":status", "200"]]));
    await running[0]?.told("head");
    const later = Array.from({ length: 5 }, () => recordExchange(upstream, { body }));
    const fresh = await server.connection(1);
    for (let stream = 1; stream <= 9; stream += 2) {
      await fresh.ended(stream);
      await answer(fresh, stream);
    }
    await old.write(headersFrame(1, [["grpc-status", "0"]], flags.endHeaders | flags.endStream));
    for (let stream = 3; stream <= 39; stream += 2) {
      await answer(old, stream);
    }
    const faults = await Promise.all([...running, ...later].map(({ closed }) => closed()));
    expect(faults).toEqual(Array.from({ length: 25 }));
    await old.closed();
    expect(callsOn(old)).toBe(20);
  });
});

describe("a call that the server has not looked at", () => {
  /** How a server tells that. */
  const untouched = [
    ["by REFUSED_STREAM", resetFrame(1, errorCodes.refusedStream)],
    ["by GOAWAY", goawayFrame(0, errorCodes.noError)],
    ["by GOAWAY with an error", goawayFrame(0, errorCodes.internalError)],
  ] as const;

  it.each(untouched)("is sent again with its body, told %s", async (_how, refusal) => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const recorded = recordExchange(upstream);
    recorded.exchange.write(Buffer.from("first "));
    const connection = await server.connection(0);
    await requestHead(connection, 1);
    await connection.write(refusal);
    const { again, stream } = await Promise.race([
      server.connection(1).then((next) => ({ again: next, stream: 1 })),
      requestHead(connection, 3).then(() => ({ again: connection, stream: 3 })),
    ]);
    recorded.exchange.write(Buffer.from("second"));
    recorded.exchange.end();
    await again.ended(stream);
    const data = again.frames.filter(({ type, stream: own }) => type === frameTypes.data && own === stream);
    expect(Buffer.concat(data.map(({ payload }) => payload)).toString()).toBe("first second");
    await answer(again, stream);
    expect(await recorded.closed()).toBeUndefined();
    expect(recorded.events).toEqual(["head 200", "trailers", "close"]);
  });

  it("is sent again once and no more", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const recorded = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.ended(1);
    await connection.write(resetFrame(1, errorCodes.refusedStream));
    await connection.ended(3);
    await connection.write(resetFrame(3, errorCodes.refusedStream));
    expect(await recorded.closed()).toMatchObject({ code: Code.Unavailable, kind: "reset" });
    expect(callsOn(connection)).toBe(2);
  });

  it("is not sent again once its response has begun", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const recorded = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.ended(1);
    await connection.write(headersFrame(1, [[":status", "200"]]), resetFrame(1, errorCodes.refusedStream));
    expect(await recorded.closed()).toMatchObject({ code: Code.Unavailable, kind: "reset" });
    expect(recorded.events).toEqual(["head 200", "close reset"]);
    expect(callsOn(connection)).toBe(1);
  });

  it("is not sent again where more of its body was sent than is kept", async () => {
    await using server = await startFrameServer({ settings: [[4, 1_000_000]] });
    using upstream = createLoopbackUpstream(server.port);
    const recorded = recordExchange(upstream);
    const connection = await server.connection(0);
    await requestHead(connection, 1);
    recorded.exchange.write(new Uint8Array(65_537));
    await connection.received(({ type }) => type === frameTypes.data);
    await connection.write(resetFrame(1, errorCodes.refusedStream));
    expect(await recorded.closed()).toMatchObject({ kind: "reset", parameters: { code: "REFUSED_STREAM" } });
    expect(callsOn(connection)).toBe(1);
  });
});

describe("close()", () => {
  it("ends the calls that run, those that wait, and those to come", async () => {
    await using server = await startFrameServer({ settings: oneStream });
    const upstream = createLoopbackUpstream(server.port, { limits: { maxConnections: 1 } });
    const running = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await requestHead(connection, 1);
    await connection.write(headersFrame(1, [[":status", "200"]]), dataFrame(1, "x"));
    await running.told("data");
    const waiting = recordExchange(upstream, { body });
    upstream.close();
    const late = recordExchange(upstream, { body });
    const faults = await Promise.all([running, waiting, late].map(({ closed }) => closed()));
    expect(faults.map((fault) => fault?.kind)).toEqual(["closed", "closed", "closed"]);
    await connection.closed();
  });
});
