import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from "node:http2";
import type { FieldList } from "../../net/http-exchange.ts";
import type { Attempt, AttemptListener } from "./attempt.ts";
import { decideEnd, type SessionEnd } from "./upstream-end.ts";

/** What a stream needs of its session. */
export interface StreamOwner {
  /** What is known of the session's end so far, where a stream has ended with this error. */
  endOf(error: Error | undefined): SessionEnd;
  /** A stream is reset by us. */
  onReset(): void;
  /** A stream is closed, and its place free; whether its response was whole and nothing went wrong. */
  onStreamClose(stream: ClientHttp2Stream, isComplete: boolean): void;
}

const attemptKey = Symbol("attempt");

/** A stream with its attempt, so that one function serves the events of all streams. */
interface AttemptStream extends ClientHttp2Stream {
  [attemptKey]: Http2Attempt;
}

/**
 * The most that is given to Node at a time, in bytes. What Node holds of a stream counts as the session's memory, and a
 * session with too much of it resets the streams of others.
 */
const maxPieceBytes = 65_536;

/** Follows a stream that a session has just opened. */
export function createHttp2Attempt(stream: ClientHttp2Stream, owner: StreamOwner, listener: AttemptListener): Attempt {
  return new Http2Attempt(stream, owner, listener);
}

/** A class, since every call makes one: its methods stand on the prototype. */
class Http2Attempt implements Attempt {
  readonly owner: StreamOwner;
  /** Undefined once it was cancelled. */
  listener: AttemptListener | undefined;
  trailers: FieldList | undefined = undefined;
  error: Error | undefined = undefined;
  hasHead = false;
  isComplete = false;
  /** What is left of the pieces that were taken while there was no room, the next one first. */
  readonly #waiting: Uint8Array[] = [];
  #waitsForDrain = false;
  #isEnded = false;
  readonly #stream: ClientHttp2Stream;

  constructor(stream: ClientHttp2Stream, owner: StreamOwner, listener: AttemptListener) {
    this.#stream = stream;
    this.owner = owner;
    this.listener = listener;
    const own = stream as AttemptStream;
    own[attemptKey] = this;
    own.on("response", onResponse);
    own.on("data", onData);
    own.on("end", onEnd);
    own.on("trailers", onTrailers);
    own.on("error", onError);
    own.on("close", onClose);
  }

  write(chunk: Uint8Array): boolean {
    if (this.#stream.closed || this.#stream.destroyed) {
      return true;
    }
    if (this.#waitsForDrain) {
      this.#waiting.push(chunk);
      return false;
    }
    const written = this.#writePieces(chunk);
    if (written < chunk.byteLength) {
      this.#waiting.push(chunk.subarray(written));
    }
    return !this.#waitsForDrain;
  }

  end(): void {
    this.#isEnded = true;
    if (this.#waiting.length === 0) {
      this.#stream.end();
    }
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  cancel(): void {
    this.listener = undefined;
    // What nobody reads would keep the stream open.
    this.#stream.resume();
    // Not in the turn that reads what the server sent: the stream may be about to close by itself.
    setImmediate(resetStream, this.#stream, constants.NGHTTP2_CANCEL);
  }

  takeDrain(): void {
    this.#waitsForDrain = false;
    for (let chunk = this.#waiting.shift(); chunk !== undefined; chunk = this.#waiting.shift()) {
      const written = this.#writePieces(chunk);
      if (written < chunk.byteLength) {
        this.#waiting.unshift(chunk.subarray(written));
      }
      if (this.#waitsForDrain) {
        break;
      }
    }
    if (this.#waiting.length > 0) {
      return;
    }
    if (this.#isEnded) {
      this.#stream.end();
    } else if (!this.#waitsForDrain) {
      this.listener?.onDrain();
    }
  }

  /** The response is whole, so whatever is left of the request is of no use (RFC 9113, section 8.1). */
  complete(): void {
    if (this.isComplete) {
      return;
    }
    this.isComplete = true;
    if (!this.#stream.writableEnded) {
      // A server tells us to stop by itself, in most cases in the same packet.
      setImmediate(resetStream, this.#stream, constants.NGHTTP2_NO_ERROR);
    }
  }

  /** Tells the trailers, once the whole body was told. */
  tellTrailers(): void {
    const { trailers } = this;
    if (trailers !== undefined) {
      this.trailers = undefined;
      this.listener?.onTrailers(trailers);
    }
  }

  /** Writes a chunk as far as there is room, and tells how far that is. */
  #writePieces(chunk: Uint8Array): number {
    const stream = this.#stream;
    let written = 0;
    let hasRoom = true;
    do {
      const end = Math.min(chunk.byteLength, written + maxPieceBytes);
      hasRoom = stream.write(written === 0 && end === chunk.byteLength ? chunk : chunk.subarray(written, end));
      written = end;
    } while (hasRoom && written < chunk.byteLength);
    if (!hasRoom) {
      this.#waitsForDrain = true;
      stream.once("drain", onDrain);
    }
    return written;
  }
}

/** What breaks a stream is told by its close, which is the one to decide. */
function onError(this: ClientHttp2Stream, error: Error): void {
  (this as AttemptStream)[attemptKey].error = error;
}

function onResponse(this: ClientHttp2Stream, headers: IncomingHttpHeaders, flags: number, raw: FieldList): void {
  const attempt = (this as AttemptStream)[attemptKey];
  const isEnd = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
  attempt.hasHead = true;
  if (isEnd) {
    attempt.complete();
  }
  // A response has one pseudo-field, which comes first (RFC 9113, section 8.3.2).
  attempt.listener?.onHead({ status: Number(headers[":status"]), fields: raw.slice(2), isEnd });
}

function onData(this: ClientHttp2Stream, chunk: Buffer): void {
  (this as AttemptStream)[attemptKey].listener?.onData(chunk);
}

function onEnd(this: ClientHttp2Stream): void {
  const attempt = (this as AttemptStream)[attemptKey];
  // Node ends the body of a stream that was cut off too, but that one is closed by now.
  if (!this.closed) {
    attempt.complete();
  }
  attempt.tellTrailers();
}

function onTrailers(this: ClientHttp2Stream, _headers: unknown, _flags: number, raw: FieldList): void {
  const attempt = (this as AttemptStream)[attemptKey];
  attempt.trailers = raw;
  attempt.complete();
}

function onDrain(this: ClientHttp2Stream): void {
  (this as AttemptStream)[attemptKey].takeDrain();
}

function onClose(this: ClientHttp2Stream): void {
  const attempt = (this as AttemptStream)[attemptKey];
  const { owner, listener, error, hasHead, isComplete } = attempt;
  attempt.tellTrailers();
  owner.onStreamClose(this, isComplete && error === undefined);
  if (listener === undefined) {
    return;
  }
  const { deadline } = listener;
  listener.onEnd(
    decideEnd({
      id: this.id,
      resetCode: this.rstCode,
      hasHead,
      isComplete,
      isPastDeadline: deadline !== undefined && performance.now() >= deadline.at,
      session: owner.endOf(error),
    }),
  );
}

function resetStream(stream: ClientHttp2Stream, code: number): void {
  if (!stream.closed && !stream.destroyed) {
    // Without an error and with nothing left to send, Node ends the stream instead.
    if (code !== constants.NGHTTP2_NO_ERROR || stream.writableLength > 0) {
      (stream as AttemptStream)[attemptKey].owner.onReset();
    }
    stream.close(code);
  }
}
