import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { ExchangeListener, FieldList, HttpExchange } from "./http-exchange.ts";
import type { SessionWatch } from "./http2-session.ts";

/** What Node tells of a stream that a client has opened. */
export interface OpenedStream {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly watch: SessionWatch;
}

/** Creates the exchange of an HTTP/2 stream. */
export function createHttp2Exchange(opened: OpenedStream): HttpExchange {
  return new Http2Exchange(opened);
}

const exchangeKey = Symbol("exchange");

/** A stream with its exchange, so that one function serves the events of all streams. */
interface ExchangeStream extends ServerHttp2Stream {
  [exchangeKey]: Http2Exchange;
}

// Without it Node would end a stream that is reset as if it were complete.
const waitForTrailers = { waitForTrailers: true } as const;
const endStream = { endStream: true } as const;

/** A class, since every call makes one: its methods stand on the prototype. */
class Http2Exchange implements HttpExchange {
  readonly httpVersion = "2.0";
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  onHead: HttpExchange["onHead"] = undefined;
  listener: ExchangeListener | undefined = undefined;
  trailers: FieldList | undefined = undefined;
  requestEnded = false;
  readonly watch: SessionWatch;
  #ended = false;
  #waitsForDrain = false;
  readonly #stream: ServerHttp2Stream;

  constructor({ stream, headers, rawHeaders, watch }: OpenedStream) {
    this.watch = watch;
    watch.opened();
    this.#stream = stream;
    this.headers = headers;
    this.rawHeaders = rawHeaders;
    this.method = headers[":method"] ?? "";
    this.target = headers[":path"] ?? "";
    const own = stream as ExchangeStream;
    own[exchangeKey] = this;
    // What breaks a stream is told by its close.
    own.on("error", ignore);
    own.on("close", onClose);
  }

  get scheme(): "http" | "https" {
    return this.headers[":scheme"] === "https" ? "https" : "http";
  }

  get peer(): string {
    return this.watch.peer;
  }

  get ended(): boolean {
    return this.#ended;
  }

  listen(listener: ExchangeListener): void {
    this.listener = listener;
    this.#stream.on("data", onData);
    this.#stream.on("end", onEnd);
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  sendHead(status: number, fields: FieldList): void {
    this.#respond(status, fields, waitForTrailers);
  }

  flush(): void {}

  write(chunk: Uint8Array): boolean {
    if (this.#isOver()) {
      return true;
    }
    const hasRoom = this.#stream.write(chunk);
    if (!hasRoom && !this.#waitsForDrain) {
      this.#waitsForDrain = true;
      this.#stream.once("drain", onDrain);
    }
    return hasRoom;
  }

  end(trailers?: FieldList): void {
    if (!this.#isOver()) {
      this.#ended = true;
      this.#letGo();
      this.trailers = trailers;
      this.#stream.on("wantTrailers", onWantTrailers);
      this.#stream.end();
    }
  }

  send(status: number, fields: FieldList, body: Uint8Array, trailers?: FieldList): void {
    if (this.#isOver()) {
      return;
    }
    const stream = this.#stream;
    this.#ended = true;
    this.#letGo();
    const isEmpty = body.byteLength === 0 || this.method === "HEAD";
    if (trailers === undefined) {
      this.#respond(status, fields, isEmpty ? endStream : undefined);
      if (!this.requestEnded) {
        stream.once("finish", stopUpload);
      }
      if (!isEmpty) {
        stream.end(body);
      }
      return;
    }
    this.trailers = trailers;
    this.#respond(status, fields, waitForTrailers);
    stream.on("wantTrailers", onWantTrailers);
    if (isEmpty) {
      stream.end();
    } else {
      stream.end(body);
    }
  }

  reset(code: number = constants.NGHTTP2_CANCEL): void {
    // In the turn that reads the end of the request, Node's process would abort.
    setImmediate(() => {
      if (!this.#stream.closed) {
        this.#stream.close(code);
      }
    });
  }

  takeDrain(): void {
    this.#waitsForDrain = false;
    this.listener?.onDrain();
  }

  /** What nobody reads would keep the stream open. */
  #letGo(): void {
    if (this.listener === undefined || this.#stream.isPaused()) {
      this.#stream.resume();
    }
  }

  #isOver(): boolean {
    return this.#ended || this.#stream.closed || this.#stream.destroyed;
  }

  #respond(status: number, fields: FieldList, options: typeof waitForTrailers | typeof endStream | undefined): void {
    if (this.#stream.closed || this.#stream.destroyed) {
      return;
    }
    this.onHead?.(fields);
    if (status !== 200) {
      // Without it, Node adds the status of success.
      fields.unshift(":status", `${status}`);
    }
    this.#stream.respond(fields, options);
  }
}

function ignore(): void {}

function onData(this: ServerHttp2Stream, chunk: Buffer): void {
  (this as ExchangeStream)[exchangeKey].listener?.onData(chunk);
}

function onEnd(this: ServerHttp2Stream): void {
  // Node ends the body of a stream that was reset as if it were complete; its close tells the rest.
  if (this.aborted) {
    return;
  }
  const exchange = (this as ExchangeStream)[exchangeKey];
  exchange.requestEnded = true;
  exchange.listener?.onEnd();
}

function onDrain(this: ServerHttp2Stream): void {
  (this as ExchangeStream)[exchangeKey].takeDrain();
}

function onClose(this: ServerHttp2Stream): void {
  const { ended, listener, watch } = (this as ExchangeStream)[exchangeKey];
  watch.closed();
  listener?.onClose(ended && this.rstCode === constants.NGHTTP2_NO_ERROR);
}

function onWantTrailers(this: ServerHttp2Stream): void {
  const { trailers, requestEnded } = (this as ExchangeStream)[exchangeKey];
  this.sendTrailers(trailers === undefined ? {} : toRecord(trailers));
  if (!requestEnded) {
    stopUpload.call(this);
  }
}

/**
 * Tells a client to send no more, since its response is complete (RFC 9113, section 8.1). Until then it may wait for
 * flow control for ever and never look at the response.
 */
function stopUpload(this: ServerHttp2Stream): void {
  // In the same turn the reset would overtake the trailers.
  setImmediate(() => {
    if (!this.closed && !(this as ExchangeStream)[exchangeKey].requestEnded) {
      this.close(constants.NGHTTP2_NO_ERROR);
    }
  });
}

function toRecord(fields: FieldList): Record<string, string | string[]> {
  // Names are strangers' to choose, as `__proto__` is.
  const record: Record<string, string | string[]> = Object.create(null);
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? "";
    const value = fields[i + 1] ?? "";
    const before = record[name];
    record[name] = before === undefined ? value : [...(typeof before === "string" ? [before] : before), value];
  }
  return record;
}
