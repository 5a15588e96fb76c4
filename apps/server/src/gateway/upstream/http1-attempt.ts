import type { ClientRequest, IncomingMessage } from "node:http";
import type { FieldList } from "../../net/http-exchange.ts";
import { isTlsError, tlsFault } from "../dial/tls-faults.ts";
import type { Attempt, AttemptListener } from "./attempt.ts";
import type { UpstreamFault } from "./upstream-fault.ts";
import { brokeHttp1, connectionLost, headerTooLarge } from "./upstream-faults.ts";

/** Follows a request that has got its connection, and whose head is yet to be sent. */
export function createHttp1Attempt(request: ClientRequest, listener: AttemptListener): Attempt {
  return new Http1Attempt(request, listener);
}

class Http1Attempt implements Attempt {
  /** Undefined once it is over. */
  #listener: AttemptListener | undefined;
  readonly #request: ClientRequest;
  #response: IncomingMessage | undefined = undefined;
  #fault: UpstreamFault = connectionLost;
  #isPaused = false;
  /** What was written in the turn the request began in: where all of it was, its length is told. */
  #first: Uint8Array[] | undefined = [];
  #waitsForDrain = false;

  constructor(request: ClientRequest, listener: AttemptListener) {
    this.#request = request;
    this.#listener = listener;
    request.on("response", (response) => void this.#onResponse(response));
    request.on("drain", () => void this.#onDrain());
    request.on("error", (error: NodeJS.ErrnoException) => {
      this.#fault = faultOfRequest(error);
    });
    request.on("close", () => void this.#onClose());
    setImmediate(() => void this.#sendFirst());
  }

  write(chunk: Uint8Array): boolean {
    if (this.#first !== undefined) {
      this.#first.push(chunk);
      return true;
    }
    const hasRoom = this.#request.write(chunk);
    this.#waitsForDrain ||= !hasRoom;
    return hasRoom;
  }

  end(): void {
    if (this.#first !== undefined && this.#request.method !== "GET") {
      this.#request.setHeader("content-length", lengthOf(this.#first));
    }
    this.#sendFirst();
    this.#request.end();
  }

  pause(): void {
    this.#isPaused = true;
    this.#response?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#response?.resume();
  }

  cancel(): void {
    this.#listener = undefined;
    this.#request.destroy();
  }

  #sendFirst(): void {
    const first = this.#first;
    this.#first = undefined;
    for (const chunk of first ?? []) {
      const hasRoom = this.#request.write(chunk);
      this.#waitsForDrain ||= !hasRoom;
    }
  }

  #onDrain(): void {
    if (this.#waitsForDrain) {
      this.#waitsForDrain = false;
      this.#listener?.onDrain();
    }
  }

  #onResponse(response: IncomingMessage): void {
    this.#response = response;
    this.#listener?.onHead({ status: response.statusCode ?? 0, fields: lowerNames(response.rawHeaders), isEnd: false });
    response.on("data", (chunk: Buffer) => void this.#listener?.onData(chunk));
    response.on("error", () => {});
    response.on("end", () => void this.#onResponseEnd(response));
    if (this.#isPaused) {
      response.pause();
    }
  }

  #onResponseEnd(response: IncomingMessage): void {
    const trailers = lowerNames(response.rawTrailers);
    if (trailers.length > 0) {
      this.#listener?.onTrailers(trailers);
    }
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.onEnd({ fault: undefined, isUntouched: false });
    if (!this.#request.writableEnded) {
      // Whatever is left of the request is of no use.
      this.#request.destroy();
    }
  }

  #onClose(): void {
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.onEnd({ fault: this.#fault, isUntouched: false });
  }
}

function lengthOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
}

function lowerNames(raw: readonly string[]): FieldList {
  return raw.map((part, index) => (index % 2 === 0 ? part.toLowerCase() : part));
}

function faultOfRequest(error: NodeJS.ErrnoException): UpstreamFault {
  const { code = "" } = error;
  if (isTlsError(error)) {
    return tlsFault(undefined, error);
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return headerTooLarge;
  }
  return isParserError(error) ? brokeHttp1 : connectionLost;
}

/** Whether an error is one of Node's parser of HTTP/1.1: the answer breaks its rules. */
export function isParserError({ code = "" }: NodeJS.ErrnoException): boolean {
  return code.startsWith("HPE_");
}
