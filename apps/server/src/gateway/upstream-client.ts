import { ConnectError } from "@connectrpc/connect";
import type { UniversalClientFn, UniversalClientRequest, UniversalClientResponse } from "@connectrpc/connect/protocol";
import type { FieldList } from "../net/http-exchange.ts";
import type {
  RequestDeadline,
  Upstream,
  UpstreamExchange,
  UpstreamHead,
  UpstreamListener,
} from "./upstream/upstream.ts";
import type { UpstreamFault } from "./upstream/upstream-fault.ts";

/** What `createUpstreamClient` needs. */
export interface UpstreamClientOptions {
  readonly upstream: Upstream;
  /** What stands before the path in the URLs of requests, without a slash at its end. */
  readonly baseUrl: string;
  /** The field that tells a deadline, whose value is in milliseconds. */
  readonly timeoutField: RequestDeadline["field"];
  /** Fields for every request, in the place of its own of these names. */
  readonly fields: FieldList;
}

/** How much of a response may wait to be read, in bytes: then the upstream is held back. */
const maxHeldBytes = 65_536;

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Creates the HTTP client of Connect's transports over an upstream. A fault rejects with its code and message; it is
 * the error's cause.
 */
export function createUpstreamClient(options: UpstreamClientOptions): UniversalClientFn {
  return async (request) => {
    request.signal?.throwIfAborted();
    return new Exchange(options, request).response;
  };
}

class Exchange implements UpstreamListener, AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  readonly #head = Promise.withResolvers<UniversalClientResponse>();
  readonly #trailer = new Headers();
  readonly #exchange: UpstreamExchange;
  readonly #signal: AbortSignal | undefined;
  readonly #chunks: Uint8Array[] = [];
  #heldBytes = 0;
  #paused = false;
  #reader: PromiseWithResolvers<IteratorResult<Uint8Array>> | undefined = undefined;
  #room: PromiseWithResolvers<void> | undefined = undefined;
  #end: { readonly error: unknown } | undefined = undefined;

  constructor(options: UpstreamClientOptions, { url, method, header, body, signal }: UniversalClientRequest) {
    this.#signal = signal;
    this.#exchange = options.upstream.open(
      {
        method: method === "GET" ? "GET" : "POST",
        path: url.slice(options.baseUrl.length),
        deadline: takeDeadline(header, options.timeoutField),
        fields: toFields(header, options.fields),
      },
      this,
    );
    signal?.addEventListener("abort", this.#abort, { once: true });
    void this.#send(body);
  }

  get response(): Promise<UniversalClientResponse> {
    return this.#head.promise;
  }

  onHead({ status, fields }: UpstreamHead): void {
    const header = new Headers();
    appendFields(header, fields);
    this.#head.resolve({ status, header, body: this, trailer: this.#trailer });
  }

  onData(chunk: Uint8Array): void {
    if (this.#reader !== undefined) {
      this.#reader.resolve({ done: false, value: chunk });
      this.#reader = undefined;
      return;
    }
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.byteLength;
    if (!this.#paused && this.#heldBytes >= maxHeldBytes) {
      this.#paused = true;
      this.#exchange.pause();
    }
  }

  onTrailers(fields: FieldList): void {
    appendFields(this.#trailer, fields);
  }

  onDrain(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }

  onClose(fault: UpstreamFault | undefined): void {
    this.#close(fault === undefined ? undefined : toConnectError(fault));
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#heldBytes -= chunk.byteLength;
      if (this.#paused && this.#heldBytes < maxHeldBytes) {
        this.#paused = false;
        this.#exchange.resume();
      }
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#end !== undefined) {
      return this.#end.error === undefined ? Promise.resolve(done) : Promise.reject(this.#end.error);
    }
    this.#reader = Promise.withResolvers();
    return this.#reader.promise;
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.#giveUp(undefined);
    return Promise.resolve(done);
  }

  throw(reason: unknown): Promise<IteratorResult<Uint8Array>> {
    this.#giveUp(reason);
    return Promise.reject(reason);
  }

  readonly #abort = (): void => this.#giveUp(this.#signal?.reason);

  /** Ends the exchange where it isn't over; what was not read yet is dropped. */
  #giveUp(reason: unknown): void {
    this.#chunks.length = 0;
    this.#heldBytes = 0;
    if (this.#end === undefined) {
      this.#exchange.cancel();
      this.#close(reason);
    }
  }

  #close(error: unknown): void {
    this.#end = { error };
    this.#signal?.removeEventListener("abort", this.#abort);
    this.onDrain();
    if (error === undefined) {
      this.#reader?.resolve(done);
    } else {
      this.#head.reject(error);
      this.#reader?.reject(error);
    }
    this.#reader = undefined;
  }

  async #send(body: UniversalClientRequest["body"]): Promise<void> {
    try {
      for await (const chunk of body ?? []) {
        if (this.#end !== undefined) {
          return;
        }
        if (!this.#exchange.write(chunk)) {
          this.#room = Promise.withResolvers();
          await this.#room.promise;
        }
      }
      this.#exchange.end();
    } catch (error) {
      this.#giveUp(error);
    }
  }
}

/** Takes the deadline out of a request's header, where Connect's transports have written it. */
function takeDeadline(header: Headers, field: RequestDeadline["field"]): RequestDeadline | undefined {
  const value = header.get(field);
  if (value === null) {
    return undefined;
  }
  header.delete(field);
  return { at: performance.now() + Number.parseFloat(value), field };
}

function toFields(header: Headers, held: FieldList): FieldList {
  header.delete("te");
  for (let i = 0; i < held.length; i += 2) {
    header.delete(held[i] ?? "");
  }
  return [...[...header].flat(), ...held];
}

function appendFields(headers: Headers, fields: FieldList): void {
  for (let i = 0; i < fields.length; i += 2) {
    headers.append(fields[i] ?? "", fields[i + 1] ?? "");
  }
}

function toConnectError(fault: UpstreamFault): ConnectError {
  return new ConnectError(fault.message, fault.code, undefined, undefined, fault);
}
