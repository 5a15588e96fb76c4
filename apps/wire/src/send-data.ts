import type { SendCredit } from "./send-credit.ts";
import { encodeWebSocketFrame, maxDataPayload } from "./websocket-frame.ts";

/** Where a body goes, and what holds it back. */
export interface DataSink {
  /** Sends one frame. */
  readonly send: (frame: Uint8Array<ArrayBuffer>) => void;
  /** What the peer lets us send. */
  readonly credit: SendCredit;
  /** Resolves when the socket can take more; asked before each frame. May reject when the signal aborts. */
  readonly room: () => Promise<void> | undefined;
  /** Ends the sending, with its reason. */
  readonly signal: AbortSignal;
  /** Runs a function in a later turn of the event loop, as soon as what waits there already has run. */
  readonly nextTurn: (callback: () => void) => void;
  /** Is told each payload that was sent. */
  readonly onSent?: (payload: Uint8Array) => void;
}

/**
 * Sends a body as data frames, as fast as credit and socket allow. What comes within one turn of the event loop goes
 * together, in frames as full as may be; what comes alone goes with the next turn. After each full frame the turn ends,
 * so that a body that is always ready keeps nothing else waiting. At most two frames' bytes and one chunk are held.
 *
 * Resolves when all of the body was sent; rejects with what the body threw, or with the signal's reason.
 */
export async function sendData(body: AsyncIterable<Uint8Array>, sink: DataSink): Promise<void> {
  const outbox = createOutbox(sink);
  for await (const chunk of body) {
    sink.signal.throwIfAborted();
    if (outbox.bytes > 0 && outbox.bytes + chunk.byteLength > maxDataPayload) {
      await outbox.flush();
      await new Promise<void>(sink.nextTurn);
    }
    outbox.add(chunk);
  }
  await outbox.flush();
  sink.signal.throwIfAborted();
}

interface Outbox {
  /** How many bytes wait. */
  readonly bytes: number;
  /** Lets a chunk wait for the next turn, or for `flush`. */
  add(chunk: Uint8Array): void;
  /** Sends all that waits. Once it has failed, it fails the same way again. */
  flush(): Promise<void>;
}

function createOutbox(sink: DataSink): Outbox {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let flushing: Promise<void> | undefined;
  let isScheduled = false;

  async function drain(): Promise<void> {
    while (bytes > 0) {
      const taken = join(waiting, bytes);
      waiting = [];
      bytes = 0;
      await sendBytes(taken, sink);
    }
    flushing = undefined;
  }

  function flush(): Promise<void> {
    if (flushing === undefined && bytes > 0) {
      flushing = drain();
    }
    return flushing ?? Promise.resolve();
  }

  return {
    get bytes() {
      return bytes;
    },
    add(chunk) {
      waiting.push(chunk);
      bytes += chunk.byteLength;
      if (!isScheduled) {
        isScheduled = true;
        sink.nextTurn(() => {
          isScheduled = false;
          // A failure comes back at the next flush, which the sender waits for.
          flush().catch(() => undefined);
        });
      }
    },
    flush,
  };
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) {
    return only;
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.byteLength;
  }
  return joined;
}

async function sendBytes(bytes: Uint8Array, { send, credit, room, signal, onSent }: DataSink): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) {
    await credit.available(signal);
    await room();
    signal.throwIfAborted();
    const length = credit.take(Math.min(bytes.byteLength - at, maxDataPayload));
    const payload = bytes.subarray(at, at + length);
    send(encodeWebSocketFrame({ kind: "data", payload }));
    onSent?.(payload);
    at += length;
  }
}
