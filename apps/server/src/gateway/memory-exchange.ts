import type { IncomingHttpHeaders } from "node:http";
import { Code } from "@connectrpc/connect";
import { formatGrpcTimeout } from "@switchboard/wire/grpc-timeout.ts";
import type { ExchangeListener, FieldList, HttpExchange } from "../net/http-exchange.ts";
import { joinFields } from "./join-fields.ts";
import { MemoryPipe } from "./memory-pipe.ts";
import type { RequestDeadline, UpstreamExchange, UpstreamListener, UpstreamRequest } from "./upstream/upstream.ts";
import type { UpstreamFault } from "./upstream/upstream-fault.ts";

/** Both ends of an exchange without a connection. */
export interface MemoryExchange {
  /** That of the server. */
  readonly exchange: HttpExchange;
  /** That of the client. */
  readonly upstream: UpstreamExchange;
}

/** Whom a call of our own comes from, where a client's address would stand. */
const ownPeer = "in-process";

const cutOff: UpstreamFault = {
  code: Code.Internal,
  message: "the call was cut off",
  endedBy: "upstream",
  kind: "reset",
};

/** Creates an exchange within this process, as one of HTTP/2. Each end is told of the other's acts as they happen. */
export function createMemoryExchange(request: UpstreamRequest, listener: UpstreamListener): MemoryExchange {
  const exchange = new InMemory(request, listener);
  return { exchange, upstream: exchange.client };
}

class InMemory implements HttpExchange {
  readonly httpVersion = "2.0";
  readonly method: string;
  readonly scheme = "http";
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly peer: string;
  readonly client: UpstreamExchange;
  onHead: HttpExchange["onHead"] = undefined;
  readonly #client: UpstreamListener;
  readonly #request: MemoryPipe;
  readonly #response: MemoryPipe;
  #server: ExchangeListener | undefined = undefined;
  #started = false;
  #held = false;
  #trailers: FieldList | undefined = undefined;
  #ended = false;
  #closed: { readonly complete: boolean } | undefined = undefined;

  constructor({ method, path, fields, deadline, caller }: UpstreamRequest, client: UpstreamListener) {
    this.method = method;
    this.target = path;
    this.rawHeaders = deadline === undefined ? fields : [...fields, ...timeoutField(deadline)];
    this.headers = joinFields(this.rawHeaders);
    this.peer = caller?.peer ?? ownPeer;
    this.#client = client;
    this.#request = new MemoryPipe(
      {
        onData: (chunk) => this.#server?.onData(chunk),
        onEnd: () => this.#server?.onEnd(),
        onDrain: () => client.onDrain(),
      },
      true,
    );
    this.#response = new MemoryPipe(
      {
        onData: (chunk) => client.onData(chunk),
        onEnd: () => this.#finish(),
        onDrain: () => this.#server?.onDrain(),
      },
      false,
    );
    this.client = this.#createClient();
  }

  listen(listener: ExchangeListener): void {
    this.#server = listener;
    // Whoever listens isn't told anything before it goes on.
    queueMicrotask(() => {
      this.#started = true;
      if (this.#closed !== undefined) {
        listener.onClose(this.#closed.complete);
      } else if (!this.#held) {
        this.#request.resume();
      }
    });
  }

  pause(): void {
    this.#held = true;
    this.#request.pause();
  }

  resume(): void {
    this.#held = false;
    if (this.#started) {
      this.#request.resume();
    }
  }

  sendHead(status: number, fields: FieldList): void {
    this.#sendHead(status, fields, false);
  }

  flush(): void {}

  write(chunk: Uint8Array): boolean {
    return this.#response.write(chunk);
  }

  end(trailers?: FieldList): void {
    if (!this.#ended) {
      this.#ended = true;
      this.#trailers = trailers;
      this.#request.close();
      this.#response.end();
    }
  }

  send(status: number, fields: FieldList, body: Uint8Array, trailers?: FieldList): void {
    this.#sendHead(status, fields, body.byteLength === 0 && trailers === undefined);
    if (body.byteLength > 0) {
      this.write(body);
    }
    this.end(trailers);
  }

  reset(): void {
    if (this.#close(false)) {
      this.#client.onClose(cutOff);
    }
  }

  #sendHead(status: number, fields: FieldList, isEnd: boolean): void {
    if (this.#closed === undefined) {
      this.onHead?.(fields);
      this.#client.onHead({ status, fields, isEnd });
    }
  }

  /** The response was handed over. */
  #finish(): void {
    if (this.#close(true)) {
      if (this.#trailers !== undefined) {
        this.#client.onTrailers(this.#trailers);
      }
      this.#client.onClose(undefined);
    }
  }

  /** Tells the server, in a turn of its own since it may be the one who closes. Gives whether it was open. */
  #close(complete: boolean): boolean {
    if (this.#closed !== undefined) {
      return false;
    }
    this.#closed = { complete };
    this.#request.close();
    this.#response.close();
    if (this.#started) {
      queueMicrotask(() => this.#server?.onClose(complete));
    }
    return true;
  }

  #createClient(): UpstreamExchange {
    return {
      write: (chunk) => this.#request.write(chunk),
      end: () => this.#request.end(),
      pause: () => this.#response.pause(),
      resume: () => this.#response.resume(),
      cancel: () => {
        this.#close(false);
      },
    };
  }
}

function timeoutField({ at, field }: RequestDeadline): [string, string] {
  const leftMs = Math.max(1, at - performance.now());
  return [field, field === "grpc-timeout" ? formatGrpcTimeout(leftMs) : `${Math.ceil(leftMs)}`];
}
