import type { SendCredit } from "@switchboard/wire/send-credit.ts";
import { encodeDataFrame, maxDataPayload } from "@switchboard/wire/websocket-frame.ts";
import type { FrameSocket } from "./frame-socket.ts";

/** What `createDataSender` needs. */
export interface DataSenderOptions {
  readonly socket: Pick<FrameSocket, "send" | "hasRoom" | "onceRoom">;
  /** What the client lets us send. */
  readonly credit: SendCredit;
  /** Holds back what feeds the sender, and lets it flow again. */
  readonly hold: () => void;
  readonly release: () => void;
}

/**
 * Sends a body as data frames, as fast as credit and socket allow. What comes within one turn of the event loop goes
 * together, in frames as full as may be; what comes alone goes with the next turn. From one full frame's bytes on, what
 * feeds it is held back.
 */
export interface DataSender {
  push(chunk: Uint8Array): void;
  /** Sends what may be sent, as after the client has given credit. */
  flush(): void;
  /** Calls back once all was sent. */
  finish(done: () => void): void;
  /** Drops what was not sent: nothing is sent any more. */
  stop(): void;
}

/** Creates the sender of a body. */
export function createDataSender(options: DataSenderOptions): DataSender {
  return new Sender(options);
}

class Sender implements DataSender {
  readonly #options: DataSenderOptions;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #scheduled = false;
  #awaitsRoom = false;
  #holding = false;
  #flushing = false;
  #done: (() => void) | undefined = undefined;
  #stopped = false;

  constructor(options: DataSenderOptions) {
    this.#options = options;
  }

  push(chunk: Uint8Array): void {
    if (this.#stopped || chunk.byteLength === 0) {
      return;
    }
    this.#pieces.push(chunk);
    this.#bytes += chunk.byteLength;
    if (this.#bytes >= maxDataPayload) {
      this.flush();
    } else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(flushScheduled, this);
    }
  }

  flush(): void {
    if (this.#flushing) {
      return;
    }
    this.#flushing = true;
    this.#send();
    this.#flushing = false;
    this.#regulate();
  }

  finish(done: () => void): void {
    this.#done = done;
    this.flush();
  }

  stop(): void {
    this.#stopped = true;
    this.#done = undefined;
    this.#pieces = [];
    this.#bytes = 0;
  }

  flushScheduled(): void {
    this.#scheduled = false;
    this.flush();
  }

  #send(): void {
    const { socket, credit } = this.#options;
    while (this.#bytes > 0) {
      if (!socket.hasRoom()) {
        this.#awaitRoom();
        return;
      }
      const length = credit.take(Math.min(this.#bytes, maxDataPayload));
      if (length === 0) {
        return;
      }
      socket.send(encodeDataFrame(this.#take(length), length));
    }
  }

  #regulate(): void {
    const isFull = this.#bytes >= maxDataPayload;
    if (isFull !== this.#holding) {
      this.#holding = isFull;
      if (isFull) {
        this.#options.hold();
      } else {
        this.#options.release();
      }
    }
    if (this.#bytes === 0 && this.#done !== undefined) {
      const done = this.#done;
      this.#done = undefined;
      done();
    }
  }

  #awaitRoom(): void {
    if (!this.#awaitsRoom) {
      this.#awaitsRoom = true;
      this.#options.socket.onceRoom(() => {
        this.#awaitsRoom = false;
        this.flush();
      });
    }
  }

  /** Takes so many bytes off the pieces. */
  #take(length: number): Uint8Array[] {
    const taken: Uint8Array[] = [];
    let missing = length;
    let whole = 0;
    while (missing > 0) {
      const piece = this.#pieces[whole] as Uint8Array;
      if (piece.byteLength > missing) {
        taken.push(piece.subarray(0, missing));
        this.#pieces[whole] = piece.subarray(missing);
        break;
      }
      taken.push(piece);
      missing -= piece.byteLength;
      whole++;
    }
    this.#pieces.splice(0, whole);
    this.#bytes -= length;
    return taken;
  }
}

function flushScheduled(sender: Sender): void {
  sender.flushScheduled();
}
