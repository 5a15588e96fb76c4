import type { ConnectError } from "@connectrpc/connect";
import type { HttpExchange } from "../net/http-exchange.ts";
import type { CallContext } from "./call-context.ts";
import type { CompressionChoice } from "./compression.ts";
import { encodeText } from "./grpc-web/encode-text.ts";
import { createMessageWriter, type MessageWriter } from "./message-writer.ts";
import type { PreparedCall } from "./prepare-call.ts";
import type { ResponseParts, StreamEnd, WholeResponse } from "./protocol.ts";
import type { Route } from "./route.ts";
import { type ServiceError, toServiceError } from "./service-error.ts";

/** What `createCallResponse` needs. */
export interface CallResponseOptions {
  readonly exchange: HttpExchange;
  readonly route: Route;
  readonly prepared: PreparedCall;
  readonly compression: CompressionChoice;
}

/** The response of one call: a single message, or a stream of them, and how it ended. */
export interface CallResponse {
  /** Whether its end was sent, or it was cut off. */
  readonly ended: boolean;
  /** Whether it was cut off. */
  readonly cut: boolean;
  readonly headSent: boolean;
  readonly httpStatus: number;
  /** Bytes of the body. */
  readonly bytesOut: number;
  /**
   * Sends the head of a stream; the second time has no effect.
   *
   * @throws ConnectError for metadata that can't be sent.
   */
  open(): void;
  /**
   * Sends a message of a stream. What it gives must be awaited: the client has to read, or other calls have to get
   * their turn.
   *
   * @throws ConnectError for metadata that can't be sent.
   */
  write(message: Uint8Array): Promise<void> | undefined;
  /**
   * Sends the only message of a response. What it gives must be awaited.
   *
   * @throws ConnectError for metadata that can't be sent.
   */
  succeed(message: Uint8Array): Promise<void> | undefined;
  /**
   * Ends the response, with an error if there is one. Where the client doesn't take what was written before an error,
   * the response is cut off. Gives what went wrong with the metadata of the service, which is then left out.
   */
  end(error: ConnectError | undefined): ServiceError | undefined;
  /** Cuts the response off, so that its client can't take it for the whole. */
  cutOff(): void;
  /** There is room again, or nobody needs any. */
  drained(): void;
}

/** The most that is written before other calls get their turn, in bytes. */
const maxTurnBytes = 262_144;

/** Creates the response of a call, with the metadata that its service leaves in the context. */
export function createCallResponse(options: CallResponseOptions, context: CallContext): CallResponse {
  return new Response(options, context);
}

/** A class, since every call makes one: its methods stand on the prototype. */
class Response implements CallResponse {
  ended = false;
  cut = false;
  httpStatus = 200;
  bytesOut = 0;
  readonly #options: CallResponseOptions;
  readonly #context: CallContext;
  #writer: MessageWriter | undefined = undefined;
  #blocked = false;
  #wake: (() => void) | undefined = undefined;
  #turnBytes = 0;

  constructor(options: CallResponseOptions, context: CallContext) {
    this.#options = options;
    this.#context = context;
  }

  get headSent(): boolean {
    return this.#writer !== undefined;
  }

  open(): void {
    this.#open().flush();
    this.#options.exchange.flush();
  }

  write(message: Uint8Array): Promise<void> | undefined {
    const compressing = this.#open().write(message);
    this.#turnBytes += message.byteLength;
    if (compressing !== undefined) {
      return compressing.then(() => this.#room());
    }
    return this.#blocked || this.#turnBytes >= maxTurnBytes ? this.#room() : undefined;
  }

  succeed(bytes: Uint8Array): Promise<void> | undefined {
    const { prepared, route } = this.#options;
    const { protocol } = prepared;
    const compression = this.#options.compression.response;
    if (compression === undefined || bytes.byteLength < route.compressMinBytes) {
      this.#sendWhole(protocol.succeed(this.#parts(), { bytes, compressed: false }));
      return undefined;
    }
    return compression.compress(bytes as Uint8Array<ArrayBuffer>).then((compressed) => {
      if (!this.ended) {
        this.#sendWhole(protocol.succeed(this.#parts(), { bytes: compressed, compressed: true }));
      }
    });
  }

  end(error: ConnectError | undefined): ServiceError | undefined {
    if (this.#writer === undefined && error !== undefined) {
      return this.#sendError(error);
    }
    if (error !== undefined && this.#blocked) {
      this.cutOff();
      return undefined;
    }
    const writer = this.#open();
    const { end, unfit } = this.#endOf(error);
    this.ended = true;
    if (end.kind === "envelope") {
      writer.writeEnvelope(end.flags, end.payload);
    }
    writer.flush();
    this.#options.exchange.end(end.kind === "trailers" ? end.fields : undefined);
    return unfit;
  }

  cutOff(): void {
    this.ended = true;
    this.cut = true;
    this.#options.exchange.reset();
  }

  drained(): void {
    this.#blocked = false;
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #room(): Promise<void> | undefined {
    if (this.#blocked && !this.ended) {
      return new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#turnBytes < maxTurnBytes) {
      return undefined;
    }
    this.#turnBytes = 0;
    return new Promise((resolve) => setImmediate(resolve));
  }

  #open(): MessageWriter {
    if (this.#writer === undefined) {
      const { exchange, prepared, route, compression } = this.#options;
      exchange.sendHead(200, prepared.protocol.head(this.#parts()));
      this.#context.sealHeader();
      this.#writer = createMessageWriter({
        compression: compression.response,
        compressMinBytes: route.compressMinBytes,
        text: prepared.textResponse,
        send: (bytes) => this.#send(bytes),
      });
    }
    return this.#writer;
  }

  #send(bytes: Uint8Array): void {
    this.bytesOut += bytes.byteLength;
    if (!this.#options.exchange.write(bytes)) {
      this.#blocked = true;
    }
  }

  #endOf(error: ConnectError | undefined): { end: StreamEnd; unfit: ServiceError | undefined } {
    const { protocol } = this.#options.prepared;
    const { jsonOptions } = this.#options.route;
    try {
      return { end: protocol.end(this.#parts(), error, jsonOptions), unfit: undefined };
    } catch (thrown) {
      const unfit = toServiceError(thrown);
      const plain = { ...this.#parts(), trailer: undefined };
      return { end: protocol.end(plain, unfit.error, undefined), unfit };
    }
  }

  #sendError(error: ConnectError): ServiceError | undefined {
    const { protocol } = this.#options.prepared;
    try {
      this.#sendWhole(protocol.fail(this.#parts(), error, this.#options.route.jsonOptions));
      return undefined;
    } catch (thrown) {
      const unfit = toServiceError(thrown);
      const plain = { ...this.#parts(), header: undefined, trailer: undefined };
      this.#sendWhole(protocol.fail(plain, unfit.error, undefined));
      return unfit;
    }
  }

  #sendWhole({ status, fields, body, trailers }: WholeResponse): void {
    const { exchange, prepared } = this.#options;
    this.ended = true;
    this.httpStatus = status;
    const bytes = prepared.textResponse ? encodeText(body) : body;
    this.bytesOut += bytes.byteLength;
    exchange.send(status, fields, bytes, trailers);
  }

  #parts(): ResponseParts {
    const { prepared, compression } = this.#options;
    const { protocol, codec, textResponse } = prepared;
    return {
      contentType: protocol.contentType(codec, textResponse),
      encoding: compression.response?.name,
      header: this.#context.ownHeader,
      trailer: this.#context.ownTrailer,
    };
  }
}
