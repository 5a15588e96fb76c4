import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { FrameConnection } from "../../testing/frame-connection.ts";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import { errorCodes, flags, frame, frameTypes, headersFrame } from "../../testing/http2-frames.ts";
import { createLoopbackUpstream } from "../../testing/loopback-upstream.ts";
import { recordExchange } from "../../testing/record-exchange.ts";

const body = new Uint8Array(1);

/** Stops the clock, which the test drives from then on. Sockets go on as they are. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
}

function answer(connection: FrameConnection, stream: number): Promise<void> {
  return connection.write(headersFrame(stream, [[":status", "200"]], flags.endHeaders | flags.endStream));
}

function pingsOn({ frames }: FrameConnection): number {
  return frames.filter(({ type, flags: set }) => type === frameTypes.ping && set !== flags.ack).length;
}

describe("keepalive", () => {
  it("asks a silent server with a call, and gives the connection up that doesn't answer", async () => {
    holdTime();
    await using server = await startFrameServer({ settings: undefined, acknowledges: false });
    using upstream = createLoopbackUpstream(server.port, { keepaliveMs: 10_000 });
    const recorded = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.write(frame(frameTypes.settings, flags.none, 0), frame(frameTypes.settings, flags.ack, 0));
    await connection.ended(1);
    vi.advanceTimersByTime(10_000);
    await connection.received(({ type }) => type === frameTypes.ping);
    vi.advanceTimersByTime(19_999);
    expect(recorded.events).toEqual([]);
    vi.advanceTimersByTime(1);
    const fault = await recorded.closed();
    expect(fault?.kind).toBe("connection-lost");
    expect(fault?.message).toContain("PING");
    await connection.closed();
  });

  it("keeps a connection whose server answers", async () => {
    holdTime();
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port, { keepaliveMs: 10_000 });
    const recorded = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.ended(1);
    for (const expected of [1, 2, 3]) {
      // What the answer brought counts as a sign of life, so every second look asks.
      vi.advanceTimersByTime(expected === 1 ? 10_000 : 20_000);
      await vi.waitFor(() => expect(pingsOn(connection)).toBe(expected));
      await roundTrip(connection);
    }
    await answer(connection, 1);
    expect(await recorded.closed()).toBeUndefined();
  });

  it("asks nothing without a call", async () => {
    holdTime();
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port, { keepaliveMs: 10_000 });
    await upstream.connect({ signal: new AbortController().signal });
    const connection = await server.connection(0);
    vi.advanceTimersByTime(100_000);
    await roundTrip(connection);
    expect(pingsOn(connection)).toBe(0);
  });

  it("takes twice the time once the server has complained", async () => {
    holdTime();
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port, { keepaliveMs: 10_000 });
    const first = recordExchange(upstream, { body });
    const old = await server.connection(0);
    await old.ended(1);
    const complaint = Buffer.concat([
      Buffer.of(0, 0, 0, 1, 0, 0, 0, errorCodes.enhanceYourCalm),
      Buffer.from("too_many_pings"),
    ]);
    await old.write(frame(frameTypes.goaway, flags.none, 0, complaint));
    expect((await first.closed())?.kind).toBe("too-many-pings");

    recordExchange(upstream, { body });
    const fresh = await server.connection(1);
    await fresh.ended(1);
    vi.advanceTimersByTime(19_999);
    await roundTrip(fresh);
    expect(pingsOn(fresh)).toBe(0);
  });
});

describe("a session without calls", () => {
  it("is closed after the time for it", async () => {
    holdTime();
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const recorded = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.ended(1);
    await answer(connection, 1);
    await recorded.closed();
    vi.advanceTimersByTime(600_000);
    await connection.received(({ type }) => type === frameTypes.goaway);
    await connection.closed();
  });

  it("stays open while a call runs, however long", async () => {
    holdTime();
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const recorded = recordExchange(upstream, { body });
    const connection = await server.connection(0);
    await connection.ended(1);
    vi.advanceTimersByTime(3_600_000);
    await answer(connection, 1);
    expect(await recorded.closed()).toBeUndefined();
  });

  it("has to answer a PING after a while before it gets a call", async () => {
    holdTime();
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    await upstream.connect({ signal: new AbortController().signal });
    const connection = await server.connection(0);
    vi.advanceTimersByTime(31_000);
    recordExchange(upstream, { body });
    await requestHead(connection, 1);
    const kinds = connection.frames.map(({ type }) => type);
    expect(kinds.indexOf(frameTypes.ping)).toBeGreaterThan(-1);
    expect(kinds.indexOf(frameTypes.ping)).toBeLessThan(kinds.indexOf(frameTypes.headers));
    expect(server.sockets).toHaveLength(1);
  });

  it("is replaced where it doesn't answer, and the call is carried", async () => {
    holdTime();
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    await upstream.connect({ signal: new AbortController().signal });
    const dead = await server.connection(0);
    // As a network that forgot the connection: nothing comes through, and nobody says so.
    dead.pause();
    vi.advanceTimersByTime(60_000);
    const recorded = recordExchange(upstream, { body });
    vi.advanceTimersByTime(2_000);
    const connection = await server.connection(1);
    await connection.ended(1);
    await answer(connection, 1);
    expect(await recorded.closed()).toBeUndefined();
  });
});

/** Resolves once what was sent in either direction so far has arrived: the client answers a PING. */
async function roundTrip(connection: FrameConnection): Promise<void> {
  const payload = Buffer.from(`${connection.frames.length}`.padStart(8));
  await connection.write(frame(frameTypes.ping, flags.none, 0, payload));
  await connection.received(({ type, payload: echo }) => type === frameTypes.ping && echo.equals(payload));
}
