import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { ExchangeListener, FieldList, HttpExchange } from "./http-exchange.ts";
import { peerOf } from "./peer.ts";

/** The most that is read and thrown away of an upload after its response, in bytes; then its connection is closed. */
export const maxDiscardedBytes = 16_777_216;

/** The longest body that is sent in one piece with its head, in bytes. */
const maxJoinedBytes = 8_192;

/**
 * Creates the exchange of an HTTP/1.1 request.
 *
 * @param onOver called when the response is over
 */
export function createHttp1Exchange(
  request: IncomingMessage,
  response: ServerResponse,
  onOver?: () => void,
): HttpExchange {
  return new Http1Exchange(request, response, onOver);
}

/** A class, since every call makes one: its methods stand on the prototype. */
class Http1Exchange implements HttpExchange {
  readonly httpVersion: string;
  readonly method: string;
  readonly target: string;
  onHead: HttpExchange["onHead"] = undefined;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  #listener: ExchangeListener | undefined = undefined;
  #ended = false;
  #discardedBytes = 0;

  constructor(request: IncomingMessage, response: ServerResponse, onOver: (() => void) | undefined) {
    this.#request = request;
    this.#response = response;
    this.httpVersion = request.httpVersion;
    this.method = request.method ?? "";
    this.target = request.url ?? "";
    // What breaks a connection is told by the response's close.
    response.on("error", ignore);
    response.on("close", () => {
      onOver?.();
      this.#listener?.onClose(this.#ended && response.writableFinished);
    });
  }

  get headers(): IncomingHttpHeaders {
    return this.#request.headers;
  }

  get rawHeaders(): readonly string[] {
    return this.#request.rawHeaders;
  }

  get scheme(): "http" | "https" {
    return this.#request.socket instanceof TLSSocket ? "https" : "http";
  }

  get peer(): string {
    return peerOf(this.#request.socket);
  }

  listen(listener: ExchangeListener): void {
    this.#listener = listener;
    this.#request.on("data", (chunk: Buffer) => {
      if (this.#ended) {
        this.#discard(chunk.byteLength);
      } else {
        listener.onData(chunk);
      }
    });
    this.#request.on("end", () => listener.onEnd());
  }

  pause(): void {
    if (!this.#ended) {
      this.#request.pause();
    }
  }

  resume(): void {
    this.#request.resume();
  }

  sendHead(status: number, fields: FieldList): void {
    if (!this.#isOver()) {
      this.onHead?.(fields);
      this.#response.writeHead(status, fields);
    }
  }

  flush(): void {
    if (!this.#isOver()) {
      this.#response.flushHeaders();
    }
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver()) {
      return true;
    }
    const hasRoom = this.#response.write(chunk);
    if (!hasRoom && this.#response.listenerCount("drain") === 0) {
      this.#response.once("drain", () => this.#listener?.onDrain());
    }
    return hasRoom;
  }

  end(trailers?: FieldList): void {
    if (this.#isOver()) {
      return;
    }
    this.#ended = true;
    if (trailers !== undefined) {
      this.#response.addTrailers(pairsOf(trailers));
    }
    this.#response.end();
    this.#stopUpload();
  }

  send(status: number, fields: FieldList, body: Uint8Array, trailers?: FieldList): void {
    if (this.#isOver()) {
      return;
    }
    if (trailers !== undefined) {
      this.sendHead(status, fields);
      this.write(body);
      this.end(trailers);
      return;
    }
    this.#ended = true;
    this.onHead?.(fields);
    if (status !== 204 && !hasLength(fields)) {
      fields.push("content-length", `${body.byteLength}`);
    }
    this.#response.writeHead(status, fields);
    if (this.method === "HEAD" || body.byteLength === 0) {
      this.#response.end();
    } else if (body.byteLength <= maxJoinedBytes) {
      // Node joins a head with a text alone; bytes of their own would take a second buffer and a slower write.
      this.#response.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1"), "latin1");
    } else {
      this.#response.end(body);
    }
    this.#stopUpload();
  }

  reset(): void {
    this.#response.destroy();
  }

  #isOver(): boolean {
    return this.#ended || this.#response.destroyed;
  }

  /**
   * Lets go of what the client still sends. HTTP/1.1 can't stop it, so the rest is read and thrown away (RFC 9112,
   * section 9.3). The request's own timeout bounds how long this may take.
   */
  #stopUpload(): void {
    if (!this.#request.complete) {
      if (this.#listener === undefined) {
        this.#request.on("data", (chunk: Buffer) => this.#discard(chunk.byteLength));
      }
      this.#request.resume();
    }
  }

  #discard(bytes: number): void {
    this.#discardedBytes += bytes;
    if (this.#discardedBytes > maxDiscardedBytes) {
      this.#request.pause();
      this.#request.socket.destroySoon();
    }
  }
}

function ignore(): void {}

function hasLength(fields: FieldList): boolean {
  for (let i = 0; i < fields.length; i += 2) {
    if (fields[i] === "content-length") {
      return true;
    }
  }
  return false;
}

function pairsOf(fields: FieldList): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < fields.length; i += 2) {
    pairs.push([fields[i] ?? "", fields[i + 1] ?? ""]);
  }
  return pairs;
}
