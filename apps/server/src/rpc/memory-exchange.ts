import type { ExchangeListener, FieldList, HttpExchange } from "../net/http-exchange.ts";

/** A call within this process, as one of HTTP/2. */
export interface MemoryRequest {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly header: Headers;
  /** Length-prefixed messages. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
  /** Whom the call is for, by address and port. */
  readonly peer: string;
}

/** The response to it. */
export interface MemoryResponse {
  readonly status: number;
  readonly header: Headers;
  /** Must be read to its end, or returned. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Empty until the body has been read. */
  readonly trailer: Headers;
}

/** An exchange without a connection. */
export interface MemoryExchange {
  readonly exchange: HttpExchange;
  /** Resolves when the head is there. Rejects with the signal's reason where that aborts before. */
  readonly response: Promise<MemoryResponse>;
}

/** How much of a response may wait to be read, in bytes. */
const maxHeldBytes = 65_536;

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Creates the exchange of a call within this process. */
export function createMemoryExchange(request: MemoryRequest): MemoryExchange {
  const exchange = new InMemory(request);
  return { exchange, response: exchange.response };
}

class InMemory implements HttpExchange, AsyncIterator<Uint8Array> {
  readonly httpVersion = "2.0";
  readonly method = "POST";
  readonly scheme = "http";
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly rawHeaders: readonly string[];
  readonly peer: string;
  onHead: HttpExchange["onHead"] = undefined;
  readonly #request: MemoryRequest;
  readonly #head = Promise.withResolvers<MemoryResponse>();
  readonly #trailer = new Headers();
  readonly #chunks: Uint8Array[] = [];
  #heldBytes = 0;
  #listener: ExchangeListener | undefined = undefined;
  #paused: PromiseWithResolvers<void> | undefined = undefined;
  #reader: PromiseWithResolvers<IteratorResult<Uint8Array>> | undefined = undefined;
  #blocked = false;
  #ended = false;
  #closed = false;
  #failure: { readonly reason: unknown } | undefined = undefined;

  constructor(request: MemoryRequest) {
    this.#request = request;
    this.target = request.path;
    this.headers = Object.fromEntries(request.header);
    this.rawHeaders = [...request.header].flat();
    this.peer = request.peer;
    // Whoever doesn't ask for the response any more doesn't learn of its failure.
    this.#head.promise.catch(() => {});
    const { signal } = request;
    if (signal.aborted) {
      this.#abort(signal.reason);
    } else {
      signal.addEventListener("abort", () => this.#abort(signal.reason), { once: true });
    }
  }

  get response(): Promise<MemoryResponse> {
    return this.#head.promise;
  }

  listen(listener: ExchangeListener): void {
    this.#listener = listener;
    if (this.#closed) {
      listener.onClose(false);
    } else {
      void this.#read(listener);
    }
  }

  pause(): void {
    this.#paused ??= Promise.withResolvers();
  }

  resume(): void {
    this.#paused?.resolve();
    this.#paused = undefined;
  }

  sendHead(status: number, fields: FieldList): void {
    const header = new Headers();
    for (let i = 0; i < fields.length; i += 2) {
      header.append(fields[i] ?? "", fields[i + 1] ?? "");
    }
    this.#head.resolve({ status, header, body: { [Symbol.asyncIterator]: () => this }, trailer: this.#trailer });
  }

  flush(): void {}

  write(chunk: Uint8Array): boolean {
    if (this.#ended || this.#closed) {
      return true;
    }
    if (this.#reader !== undefined) {
      this.#reader.resolve({ done: false, value: chunk });
      this.#reader = undefined;
      return true;
    }
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.byteLength;
    this.#blocked = this.#heldBytes >= maxHeldBytes;
    return !this.#blocked;
  }

  end(trailers: FieldList = []): void {
    if (this.#ended || this.#closed) {
      return;
    }
    for (let i = 0; i < trailers.length; i += 2) {
      this.#trailer.append(trailers[i] ?? "", trailers[i + 1] ?? "");
    }
    this.#ended = true;
    this.resume();
    if (this.#reader !== undefined) {
      this.#reader.resolve(this.#finish());
    }
  }

  send(status: number, fields: FieldList, body: Uint8Array, trailers?: FieldList): void {
    this.sendHead(status, fields);
    if (body.byteLength > 0) {
      this.write(body);
    }
    this.end(trailers);
  }

  reset(): void {
    this.#abort(new Error("the call was cut off"));
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#heldBytes -= chunk.byteLength;
      if (this.#blocked && this.#heldBytes < maxHeldBytes) {
        this.#blocked = false;
        this.#listener?.onDrain();
      }
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#failure !== undefined) {
      return Promise.reject(this.#failure.reason);
    }
    if (this.#ended || this.#closed) {
      return Promise.resolve(this.#finish());
    }
    this.#reader = Promise.withResolvers();
    return this.#reader.promise;
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.#close(this.#ended && this.#chunks.length === 0);
    return Promise.resolve(done);
  }

  #finish(): IteratorResult<Uint8Array> {
    this.#close(true);
    return done;
  }

  #abort(reason: unknown): void {
    this.#failure = { reason };
    this.#chunks.length = 0;
    this.#head.reject(reason);
    this.#reader?.reject(reason);
    this.#reader = undefined;
    this.#close(false);
  }

  #close(complete: boolean): void {
    if (!this.#closed) {
      this.#closed = true;
      this.resume();
      this.#listener?.onClose(complete);
    }
  }

  async #read(listener: ExchangeListener): Promise<void> {
    try {
      for await (const chunk of this.#request.body) {
        if (this.#closed) {
          return;
        }
        listener.onData(chunk);
        await this.#paused?.promise;
      }
      if (!this.#closed) {
        listener.onEnd();
      }
    } catch (error) {
      this.#abort(error);
    }
  }
}
