import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError, type ContextValues } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import type { ExchangeListener, HttpExchange } from "../net/http-exchange.ts";
import type { Arrival, ArrivalWatch } from "./arrival-watch.ts";
import { createBodyDecoder } from "./body-decoder.ts";
import { type CallContext, createCallContext } from "./call-context.ts";
import type { LineFacts } from "./call-log.ts";
import type { CompressionChoice } from "./compression.ts";
import type { GetRequest } from "./connect/get-request.ts";
import { compressedFlag } from "./envelope.ts";
import { createEnvelopeDecoder } from "./envelope-decoder.ts";
import { encodeText } from "./grpc-web/encode-text.ts";
import { createTextDecoder, type TextDecoder64 } from "./grpc-web/text-decoder.ts";
import type { Output } from "./implementation.ts";
import type { Link } from "./linked-list.ts";
import type { MessageCodec } from "./message-codec.ts";
import type { MessageDecoder, RawMessage } from "./message-decoder.ts";
import { createMessageWriter, type MessageWriter } from "./message-writer.ts";
import type { PreparedCall } from "./prepare-call.ts";
import type { ResponseParts, StreamEnd, WholeResponse } from "./protocol.ts";
import { createRequestMessages, type RequestMessages } from "./request-messages.ts";
import type { Route } from "./route.ts";
import { toServiceError } from "./service-error.ts";
import type { EndableCall } from "./shutdown-groups.ts";

/** A call as far as it was looked at before it is let run. */
export interface ServerCallOptions {
  /** What is told again when the call is over. */
  readonly call: LineFacts;
  readonly exchange: HttpExchange;
  readonly route: Route;
  readonly prepared: PreparedCall;
  readonly compression: CompressionChoice;
  /** In milliseconds from now; undefined where there is none. */
  readonly deadlineMs: number | undefined;
  /** Sees to it that the message of a unary or server-streaming call arrives. */
  readonly arrivals: ArrivalWatch;
  /** How long it gives a call, in milliseconds. */
  readonly requestTimeout: number;
  readonly hiddenFields: readonly string[];
  readonly values: ContextValues | undefined;
  /** Called once, when the call is over. */
  readonly onOver: (call: LineFacts, end: CallEnd) => void;
}

/** How a call went. */
export interface CallEnd {
  /** The code of its status; 0 for success. */
  readonly code: number;
  /** What the service threw that the caller didn't get to see. */
  readonly fault: unknown;
  readonly httpStatus: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Runs a call. From then on it answers its exchange, whatever happens. */
export function startServerCall(options: ServerCallOptions): void {
  new ServerCall(options).start();
}

/** The most that is written before other calls get their turn, in bytes. */
const maxTurnBytes = 262_144;

/** A class, since every call makes one: its methods stand on the prototype. */
class ServerCall implements ExchangeListener {
  readonly #options: ServerCallOptions;
  readonly #context: CallContext;
  readonly #codec: MessageCodec;
  readonly #decoder: MessageDecoder;
  readonly #text: TextDecoder64 | undefined;
  #messages: RequestMessages | undefined = undefined;
  #first: RawMessage | undefined = undefined;
  #writer: MessageWriter | undefined = undefined;
  #output: AsyncIterator<Output> | undefined = undefined;
  #deadline: NodeJS.Timeout | undefined = undefined;
  #arrival: Arrival | undefined = undefined;
  #running: Link<EndableCall> | undefined = undefined;
  #receiving = false;
  #endedEarly = false;
  #headSent = false;
  #ended = false;
  #over = false;
  #reset = false;
  #blocked = false;
  #wake: (() => void) | undefined = undefined;
  #code = 0;
  #fault: unknown = undefined;
  #httpStatus = 200;
  #bytesIn = 0;
  #bytesOut = 0;
  #turnBytes = 0;

  constructor(options: ServerCallOptions) {
    const { exchange, route, prepared, deadlineMs, hiddenFields, values } = options;
    const { protocol, codec, textRequest } = prepared;
    const { method, readMaxBytes } = route;
    this.#options = options;
    this.#codec = route.codecs[codec];
    this.#decoder = protocol.enveloped ? createEnvelopeDecoder(readMaxBytes) : createBodyDecoder(readMaxBytes);
    this.#text = textRequest ? createTextDecoder() : undefined;
    const protocolName = protocol.name;
    this.#context = createCallContext({ exchange, method, protocolName, deadlineMs, hiddenFields, values });
  }

  start(): void {
    const { exchange, route, deadlineMs } = this.#options;
    if (deadlineMs !== undefined) {
      this.#deadline = setTimeout(onDeadline, deadlineMs, this);
    }
    exchange.listen(this);
    this.#running = route.shutdown?.add(this);
    if (route.requestGate === undefined) {
      this.#receive();
    } else {
      // What the gate refuses is never read.
      exchange.pause();
      this.#passGate(route.requestGate);
    }
  }

  onData(chunk: Uint8Array): void {
    this.#bytesIn += chunk.byteLength;
    if (this.#ended || this.#options.prepared.get !== undefined) {
      return;
    }
    try {
      const bytes = this.#text === undefined ? chunk : this.#text.decode(chunk);
      if (this.#messages !== undefined) {
        this.#messages.push(bytes);
        return;
      }
      this.#decoder.push(bytes);
      this.#takeSingle();
    } catch (error) {
      this.#failRequest(error);
    }
  }

  onEnd(): void {
    if (!this.#receiving) {
      // The gate has not let the call through yet.
      this.#endedEarly = true;
      return;
    }
    if (this.#ended || this.#options.prepared.get !== undefined) {
      return;
    }
    this.#arrived();
    try {
      this.#text?.finish();
      if (this.#messages !== undefined) {
        this.#messages.end();
        return;
      }
      this.#decoder.finish();
      this.#takeSingle();
    } catch (error) {
      this.#failRequest(error);
      return;
    }
    if (this.#first === undefined) {
      this.fail(new ConnectError("the request has no message, where its method takes one", Code.Unimplemented));
    } else {
      this.#runWithMessage(this.#first);
    }
  }

  onDrain(): void {
    this.#blocked = false;
    this.#wakeUp();
  }

  onClose(complete: boolean): void {
    if (this.#over) {
      return;
    }
    this.#over = true;
    clearTimeout(this.#deadline);
    this.#arrived();
    if (this.#running !== undefined) {
      this.#options.route.shutdown?.remove(this.#running);
    }
    const cancelled = !complete && (this.#code === 0 || !this.#ended) && !this.#reset;
    if (cancelled) {
      this.#code = Code.Canceled;
    }
    if (!this.#ended) {
      this.#ended = true;
      this.#letGo(new ConnectError("the client has gone away", Code.Canceled));
    }
    this.#wakeUp();
    this.#options.onOver(this.#options.call, {
      code: this.#code,
      fault: this.#fault,
      httpStatus: this.#httpStatus,
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
    });
  }

  /** Ends the call with an error. Where its client doesn't take what was written before, it is cut off. */
  fail(error: ConnectError, fault?: unknown): void {
    if (this.#ended) {
      return;
    }
    this.#code = error.code;
    this.#fault = fault;
    this.#finish(error);
    this.#letGo(error);
  }

  /** At the deadline the call ends, though its service pays no heed or its client doesn't read. */
  expire(error: ConnectError): void {
    if (!this.#ended) {
      this.fail(error);
    } else if (!this.#over) {
      this.#code = error.code;
      this.#cutOff();
    }
  }

  #passGate(gate: NonNullable<Route["requestGate"]>): void {
    new Promise((resolve) => resolve(gate(this.#context))).then(
      () => {
        this.#options.exchange.resume();
        this.#receive();
      },
      (thrown: unknown) => this.#failService(thrown),
    );
  }

  #receive(): void {
    const { exchange, route, prepared } = this.#options;
    const { get } = prepared;
    if (this.#ended) {
      return;
    }
    if (route.implementation.takesStream) {
      const { pause, resume } = exchange;
      this.#messages = createRequestMessages({
        decoder: this.#decoder,
        parse: (raw) => this.#parse(raw),
        pause: pause.bind(exchange),
        resume: resume.bind(exchange),
        onFirst: () => setImmediate(startHead, this),
      });
    } else if (get === undefined) {
      this.#arrival = this.#options.arrivals.add(this, this.#options.call.started);
    }
    this.#receiving = true;
    if (this.#endedEarly) {
      this.onEnd();
    }
    if (this.#messages !== undefined) {
      this.#run(this.#messages);
    } else if (get !== undefined) {
      this.#receiveGet(get);
    }
  }

  /** A GET brings its message with its head. */
  #receiveGet(get: GetRequest): void {
    try {
      this.#decoder.push(get.readMessage());
      this.#decoder.finish();
      this.#takeSingle();
    } catch (error) {
      this.#failRequest(error);
      return;
    }
    this.#runWithMessage(this.#first as RawMessage);
  }

  #arrived(): void {
    if (this.#arrival !== undefined) {
      this.#options.arrivals.remove(this.#arrival);
    }
  }

  /** Takes the message of a request that has just one. */
  #takeSingle(): void {
    for (let raw = this.#decoder.take(); raw !== undefined; raw = this.#decoder.take()) {
      if (this.#first !== undefined) {
        throw new ConnectError("the request has a second message, where its method takes one", Code.Unimplemented);
      }
      this.#first = raw;
    }
  }

  #runWithMessage(raw: RawMessage): void {
    let message: Message | Promise<Message>;
    try {
      message = this.#parse(raw);
    } catch (error) {
      this.#failRequest(error);
      return;
    }
    if (message instanceof Promise) {
      message.then(
        (parsed) => this.#run(parsed),
        (error: unknown) => this.#failRequest(error),
      );
    } else {
      this.#run(message);
    }
  }

  /** @throws ConnectError where the flags or the bytes aren't a message's. */
  #parse({ flags, payload }: RawMessage): Message | Promise<Message> {
    const { prepared, compression, route } = this.#options;
    const { protocol } = prepared;
    if (flags === 0 && (protocol.enveloped || compression.request === undefined)) {
      return this.#codec.parse(payload);
    }
    if ((flags & ~compressedFlag) !== 0) {
      throw new ConnectError(
        `the flags of a message are 0x${flags.toString(16)}, where 0 and 1 are known`,
        Code.Internal,
      );
    }
    if (compression.request === undefined) {
      const field = protocol.requestFields.encoding;
      throw new ConnectError(`a message is compressed, though the request has no ${field}`, Code.Internal);
    }
    return compression.request
      .decompress(payload as Uint8Array<ArrayBuffer>, route.readMaxBytes)
      .then((bytes) => this.#codec.parse(bytes));
  }

  #run(input: Message | RequestMessages): void {
    const { implementation } = this.#options.route;
    if (this.#ended) {
      return;
    }
    try {
      if (implementation.kind === "single") {
        const output = implementation.run(input, this.#context);
        if (output instanceof Promise) {
          output.then(
            (message) => this.#answer(message),
            (thrown: unknown) => this.#failService(thrown),
          );
        } else {
          this.#answer(output);
        }
      } else {
        this.#pump(implementation.run(input, this.#context)).catch((thrown: unknown) => this.#failService(thrown));
      }
    } catch (thrown) {
      this.#failService(thrown);
    }
  }

  /** Sends the only message of a response. */
  #answer(message: Output): void {
    if (this.#ended) {
      return;
    }
    try {
      const bytes = this.#codec.serialize(message);
      const compression = this.#responseCompression();
      if (compression === undefined || bytes.byteLength < this.#options.route.compressMinBytes) {
        this.#succeed(bytes, false);
      } else {
        compression.compress(bytes as Uint8Array<ArrayBuffer>).then(
          (compressed) => this.#succeed(compressed, true),
          (thrown: unknown) => this.#failService(thrown),
        );
      }
    } catch (thrown) {
      this.#failService(thrown);
    }
  }

  #succeed(bytes: Uint8Array, compressed: boolean): void {
    if (!this.#ended) {
      this.#sendWhole(this.#options.prepared.protocol.succeed(this.#parts(), { bytes, compressed }));
      this.#letGo(undefined);
    }
  }

  /** Sends the messages of a stream, as fast as its client takes them. */
  async #pump(output: AsyncIterable<Output> | Promise<AsyncIterable<Output>>): Promise<void> {
    const iterator = (output instanceof Promise ? await output : output)[Symbol.asyncIterator]();
    if (this.#ended) {
      // Nobody waits for the end of what nobody wants.
      iterator.return?.().catch(() => {});
      return;
    }
    this.#output = iterator;
    setImmediate(startHead, this);
    for (let result = await iterator.next(); ; result = await iterator.next()) {
      if (this.#ended) {
        return;
      }
      if (result.done === true) {
        this.#output = undefined;
        this.#finish(undefined);
        this.#letGo(undefined);
        return;
      }
      const writing = this.#writeMessage(result.value);
      if (writing !== undefined) {
        await writing;
      }
    }
  }

  /** What it gives must be awaited: the client has to read, or other calls have to get their turn. */
  #writeMessage(value: Output): Promise<void> | undefined {
    const bytes = this.#codec.serialize(value);
    const compressing = this.#openWriter().write(bytes);
    this.#turnBytes += bytes.byteLength;
    if (compressing !== undefined) {
      return compressing.then(() => this.#room());
    }
    return this.#blocked || this.#turnBytes >= maxTurnBytes ? this.#room() : undefined;
  }

  #room(): Promise<void> | undefined {
    if (this.#blocked && !this.#ended) {
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

  /** Sends the head of a stream whose service has begun to answer, though it may have no message yet. */
  startHead(): void {
    if (!this.#ended && !this.#headSent && this.#output !== undefined && this.#messages?.awaitsFirst !== true) {
      try {
        this.#openWriter();
        this.#options.exchange.flush();
      } catch (thrown) {
        this.#failService(thrown);
      }
    }
  }

  #openWriter(): MessageWriter {
    if (this.#writer === undefined) {
      const { exchange, prepared, route } = this.#options;
      exchange.sendHead(200, prepared.protocol.head(this.#parts()));
      this.#headSent = true;
      this.#context.sealHeader();
      this.#writer = createMessageWriter({
        compression: this.#responseCompression(),
        compressMinBytes: route.compressMinBytes,
        text: prepared.textResponse,
        send: (bytes) => {
          this.#bytesOut += bytes.byteLength;
          if (!exchange.write(bytes)) {
            this.#blocked = true;
          }
        },
      });
    }
    return this.#writer;
  }

  /** Ends the response: a stream's with its status, any other with the whole of it. */
  #finish(error: ConnectError | undefined): void {
    const { exchange } = this.#options;
    if (!this.#headSent && error === undefined) {
      this.#openWriter();
    }
    if (this.#writer === undefined) {
      this.#sendError(error as ConnectError);
      return;
    }
    if (error !== undefined && this.#blocked) {
      this.#cutOff();
      return;
    }
    const end = this.#endOf(error);
    this.#ended = true;
    if (end.kind === "envelope") {
      this.#writer.writeEnvelope(end.flags, end.payload);
    }
    this.#writer.flush();
    exchange.end(end.kind === "trailers" ? end.fields : undefined);
  }

  #endOf(error: ConnectError | undefined): StreamEnd {
    const { prepared, route } = this.#options;
    const { protocol } = prepared;
    try {
      return protocol.end(this.#parts(), error, route.jsonOptions);
    } catch (thrown) {
      const failure = this.#unfitMetadata(error, thrown);
      return protocol.end({ ...this.#parts(), trailer: undefined }, failure, undefined);
    }
  }

  #sendError(error: ConnectError): void {
    const { prepared, route } = this.#options;
    const { protocol } = prepared;
    let response: WholeResponse;
    try {
      response = protocol.fail(this.#parts(), error, route.jsonOptions);
    } catch (thrown) {
      const plain = { ...this.#parts(), header: undefined, trailer: undefined };
      response = protocol.fail(plain, this.#unfitMetadata(error, thrown), undefined);
    }
    this.#sendWhole(response);
  }

  /** The service has set metadata that can't be sent: the call ends without it, and the log tells of it. */
  #unfitMetadata(error: ConnectError | undefined, thrown: unknown): ConnectError {
    const { error: unfit, fault } = toServiceError(thrown);
    const told = error === undefined ? unfit : new ConnectError(error.rawMessage, error.code);
    this.#fault ??= fault;
    this.#code = told.code;
    return told;
  }

  #sendWhole({ status, fields, body, trailers }: WholeResponse): void {
    const { exchange, prepared } = this.#options;
    this.#ended = true;
    this.#httpStatus = status;
    const bytes = prepared.textResponse ? encodeText(body) : body;
    this.#bytesOut += bytes.byteLength;
    exchange.send(status, fields, bytes, trailers);
  }

  #cutOff(): void {
    this.#ended = true;
    this.#reset = true;
    this.#options.exchange.reset();
  }

  /** What the service threw. */
  #failService(thrown: unknown): void {
    if (!this.#ended) {
      const { error, fault } = toServiceError(thrown);
      this.fail(error, fault);
    }
  }

  /** What is wrong with the request, which a service that takes a stream gets to see first. */
  #failRequest(thrown: unknown): void {
    if (this.#messages === undefined) {
      this.#failService(thrown);
    } else {
      this.#messages.fail(thrown);
    }
  }

  /** Tells the service that the call has ended, whether it listens or not. */
  #letGo(reason: ConnectError | undefined): void {
    this.#arrived();
    this.#context.abort(reason);
    this.#messages?.fail(reason ?? new ConnectError("the call has ended", Code.Canceled));
    const output = this.#output;
    this.#output = undefined;
    // A service that is parked learns of it when it goes on. Nobody waits for what it still has to say.
    output?.return?.().catch(() => {});
    this.#wakeUp();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #responseCompression(): Compression | undefined {
    return this.#options.compression.response;
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

  /** The request took too long to arrive. */
  arriveLate(): void {
    const { requestTimeout } = this.#options;
    const message = `the request did not arrive within ${requestTimeout} milliseconds`;
    this.fail(new ConnectError(message, Code.DeadlineExceeded));
  }
}

function onDeadline(call: ServerCall): void {
  call.expire(new ConnectError("the deadline has passed", Code.DeadlineExceeded));
}

function startHead(call: ServerCall): void {
  call.startHead();
}
