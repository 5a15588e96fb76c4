import { describe, expect, it } from "vitest";
import { createSendCredit } from "./send-credit.ts";
import { type DataSink, sendData } from "./send-data.ts";
import { decodeWebSocketFrame, maxDataPayload } from "./websocket-frame.ts";

/** A body that a test fills as it goes. */
function createBody() {
  const chunks: Uint8Array[] = [];
  let wake = Promise.withResolvers<void>();
  let state: "open" | "ended" = "open";
  return {
    push(...added: Uint8Array[]) {
      chunks.push(...added);
      wake.resolve();
    },
    end() {
      state = "ended";
      wake.resolve();
    },
    /** Chunks that were not asked for yet. */
    left: () => chunks.length,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk !== undefined) {
          yield chunk;
        } else if (state === "ended") {
          return;
        } else {
          wake = Promise.withResolvers<void>();
          await wake.promise;
        }
      }
    },
  };
}

function bytes(length: number, value = 1): Uint8Array {
  return new Uint8Array(length).fill(value);
}

/** Sends a body to where its frames are kept as their payloads' lengths. */
function createRig(options: Partial<DataSink> & { readonly initialCredit?: number } = {}) {
  const { initialCredit = 1_000_000, ...sink } = options;
  const abort = new AbortController();
  const credit = createSendCredit(initialCredit);
  const body = createBody();
  const payloads: Uint8Array[] = [];
  const sent = sendData(body, {
    send(frame) {
      const decoded = decodeWebSocketFrame(frame);
      payloads.push(decoded.kind === "data" ? decoded.payload : expect.unreachable());
    },
    credit,
    room: () => undefined,
    signal: abort.signal,
    nextTurn: setImmediate,
    ...sink,
  });
  sent.catch(() => undefined);
  return { abort, credit, body, sent, payloads, lengths: () => payloads.map(({ byteLength }) => byteLength) };
}

/** Resolves once what waits in the event loop has run. */
async function turn(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

describe("sendData()", () => {
  it("sends what is ready together in one frame, in its order", async () => {
    const { body, payloads } = createRig();
    body.push(...Array.from({ length: 100 }, (_, at) => Uint8Array.of(at)));
    await turn();
    expect(payloads).toEqual([Uint8Array.from({ length: 100 }, (_, at) => at)]);
  });

  it("sends a lone chunk in the next turn", async () => {
    const { body, lengths } = createRig();
    body.push(bytes(7));
    await turn();
    expect(lengths()).toEqual([7]);
    body.push(bytes(8));
    await turn();
    expect(lengths()).toEqual([7, 8]);
  });

  it("fills frames without cutting a chunk that fits in the next one", async () => {
    const { body, lengths, sent } = createRig();
    body.push(bytes(maxDataPayload - 10), bytes(10), bytes(1), bytes(maxDataPayload));
    body.end();
    await sent;
    expect(lengths()).toEqual([maxDataPayload, 1, maxDataPayload]);
  });

  it("cuts a chunk that is longer than a frame", async () => {
    const { body, lengths, sent } = createRig();
    body.push(bytes(2 * maxDataPayload + 5));
    body.end();
    await sent;
    expect(lengths()).toEqual([maxDataPayload, maxDataPayload, 5]);
  });

  it("ends the turn after each full frame", async () => {
    const { body, lengths } = createRig();
    const turns: number[] = [];
    body.push(...Array.from({ length: 4 }, () => bytes(maxDataPayload)));
    for (let at = 0; at < 5; at++) {
      await new Promise(setImmediate);
      turns.push(lengths().length);
    }
    expect(turns[0]).toBeLessThan(3);
    expect(turns.at(-1)).toBe(4);
  });

  it("sends no more than the credit, and asks for no more than it can hold", async () => {
    const { body, credit, lengths } = createRig({ initialCredit: 10 });
    body.push(...Array.from({ length: 40 }, () => bytes(maxDataPayload / 4)));
    await turn();
    expect(lengths()).toEqual([10]);
    credit.add(5);
    await turn();
    expect(lengths()).toEqual([10, 5]);
    // Two frames' bytes, and the chunk that waits to join them.
    expect(body.left()).toBeGreaterThanOrEqual(40 - 2 * 4 - 1);
  });

  it("tells what was sent, when it was sent", async () => {
    const told: number[] = [];
    const { body, credit } = createRig({ initialCredit: 4, onSent: ({ byteLength }) => told.push(byteLength) });
    body.push(bytes(6));
    await turn();
    expect(told).toEqual([4]);
    credit.add(100);
    await turn();
    expect(told).toEqual([4, 2]);
  });

  it("waits for room before each frame", async () => {
    const free = Promise.withResolvers<void>();
    const { body, lengths } = createRig({ room: () => free.promise });
    body.push(bytes(3));
    await turn();
    expect(lengths()).toEqual([]);
    free.resolve();
    await turn();
    expect(lengths()).toEqual([3]);
  });

  it.each([
    ["for credit", { initialCredit: 0 }],
    ["for room", { room: () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve))) }],
  ])("sends nothing more once its signal aborts while it waits %s", async (_, options) => {
    const { abort, body, sent, lengths } = createRig(options);
    body.push(bytes(3));
    body.end();
    const reason = new Error("gone");
    abort.abort(reason);
    await expect(sent).rejects.toBe(reason);
    expect(lengths()).toEqual([]);
  });

  it("rejects with what the body threw", async () => {
    const reason = new Error("broken");
    const broken: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(reason) }),
    };
    const { signal } = new AbortController();
    const sink: DataSink = {
      send: () => undefined,
      credit: createSendCredit(1),
      room: () => undefined,
      signal,
      nextTurn: setImmediate,
    };
    await expect(sendData(broken, sink)).rejects.toBe(reason);
  });
});
