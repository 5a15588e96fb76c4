import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError, type ContextValues } from "@connectrpc/connect";
import type { ExchangeListener, HttpExchange } from "../net/http-exchange.ts";
import type { Arrival, ArrivalWatch } from "./arrival-watch.ts";
import { createBodyDecoder } from "./body-decoder.ts";
import { type CallContext, createCallContext } from "./call-context.ts";
import type { CallEnd } from "./call-end.ts";
import type { LineFacts } from "./call-log.ts";
import { type CallResponse, createCallResponse } from "./call-response.ts";
import type { CompressionChoice } from "./compression.ts";
import type { GetRequest } from "./connect/get-request.ts";
import { createEnvelopeDecoder } from "./envelope-decoder.ts";
import { createTextDecoder, type TextDecoder64 } from "./grpc-web/text-decoder.ts";
import { type Eventually, isPromise, type Output } from "./implementation.ts";
import type { Link } from "./linked-list.ts";
import type { MessageCodec } from "./message-codec.ts";
import type { MessageDecoder, RawMessage } from "./message-decoder.ts";
import { parseMessage } from "./parse-message.ts";
import type { PreparedCall } from "./prepare-call.ts";
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

/** Runs a call. From then on it answers its exchange, whatever happens. */
export function startServerCall(options: ServerCallOptions): void {
  new ServerCall(options).start();
}

/** A class, since every call makes one: its methods stand on the prototype. */
class ServerCall implements ExchangeListener {
  readonly #options: ServerCallOptions;
  readonly #context: CallContext;
  readonly #response: CallResponse;
  readonly #codec: MessageCodec;
  readonly #decoder: MessageDecoder;
  readonly #text: TextDecoder64 | undefined;
  /** The request's messages, where its method takes a stream of them. */
  #messages: RequestMessages | undefined = undefined;
  /** The request's message, where its method takes one. */
  #first: RawMessage | undefined = undefined;
  /** What the service gives, while it gives a stream. */
  #output: AsyncIterator<Output> | undefined = undefined;
  #deadline: NodeJS.Timeout | undefined = undefined;
  #arrival: Arrival | undefined = undefined;
  #running: Link<EndableCall> | undefined = undefined;
  #receiving = false;
  #requestEnded = false;
  #over = false;
  #code = 0;
  #fault: unknown = undefined;
  #bytesIn = 0;

  constructor(options: ServerCallOptions) {
    const { route, prepared } = options;
    this.#options = options;
    this.#codec = route.codecs[prepared.codec];
    this.#context = createCallContext(options);
    this.#response = createCallResponse(options, this.#context);
    const createDecoder = prepared.protocol.enveloped ? createEnvelopeDecoder : createBodyDecoder;
    this.#decoder = createDecoder(route.readMaxBytes);
    this.#text = prepared.textRequest ? createTextDecoder() : undefined;
  }

  start(): void {
    const { exchange, route, deadlineMs } = this.#options;
    if (deadlineMs !== undefined) {
      this.#deadline = setTimeout(expire, deadlineMs, this);
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
    if (this.#response.ended || this.#options.prepared.get !== undefined) {
      return;
    }
    try {
      const bytes = this.#text === undefined ? chunk : this.#text.decode(chunk);
      if (this.#messages === undefined) {
        this.#decoder.push(bytes);
        this.#takeSingle();
      } else {
        this.#messages.push(bytes);
      }
    } catch (error) {
      this.#failRequest(error);
    }
  }

  onEnd(): void {
    this.#requestEnded = true;
    if (this.#response.ended || !this.#receiving || this.#options.prepared.get !== undefined) {
      return;
    }
    this.#stopWaiting();
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
    this.#response.drained();
  }

  onClose(complete: boolean): void {
    if (this.#over) {
      return;
    }
    this.#over = true;
    clearTimeout(this.#deadline);
    if (this.#running !== undefined) {
      this.#options.route.shutdown?.remove(this.#running);
    }
    const { ended, cut, httpStatus, bytesOut } = this.#response;
    if (!complete && !cut && (this.#code === 0 || !ended)) {
      this.#code = Code.Canceled;
    }
    if (!ended) {
      this.#response.cutOff();
      this.#letGo(new ConnectError("the client has gone away", Code.Canceled));
    }
    this.#response.drained();
    const { call, onOver } = this.#options;
    onOver(call, { code: this.#code, fault: this.#fault, httpStatus, bytesIn: this.#bytesIn, bytesOut });
  }

  /** Ends the call with an error. Where its client doesn't take what was written before, it is cut off. */
  fail(error: ConnectError, fault?: unknown): void {
    if (!this.#response.ended) {
      this.#code = error.code;
      this.#fault = fault;
      this.#end(error);
    }
  }

  /** At the deadline the call ends, though its service pays no heed or its client doesn't read. */
  expire(): void {
    const error = new ConnectError("the deadline has passed", Code.DeadlineExceeded);
    if (!this.#response.ended) {
      this.fail(error);
    } else if (!this.#over) {
      this.#code = error.code;
      this.#response.cutOff();
    }
  }

  /** The request took too long to arrive. */
  arriveLate(): void {
    const { requestTimeout } = this.#options;
    const message = `the request did not arrive within ${requestTimeout} milliseconds`;
    this.fail(new ConnectError(message, Code.DeadlineExceeded));
  }

  /** Sends the head of a stream whose service has begun to answer, though it may have no message yet. */
  startHead(): void {
    const { ended, headSent } = this.#response;
    if (ended || headSent || this.#output === undefined || this.#messages?.awaitsFirst === true) {
      return;
    }
    try {
      this.#response.open();
    } catch (thrown) {
      this.#failService(thrown);
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
    const { route, prepared, arrivals, call } = this.#options;
    if (this.#response.ended) {
      return;
    }
    this.#receiving = true;
    if (route.implementation.takesStream) {
      this.#receiveStream();
    } else if (prepared.get !== undefined) {
      this.#receiveGet(prepared.get);
    } else {
      this.#arrival = arrivals.add(this, call.started);
      if (this.#requestEnded) {
        this.onEnd();
      }
    }
  }

  #receiveStream(): void {
    const { exchange } = this.#options;
    const messages = createRequestMessages({
      decoder: this.#decoder,
      parse: (raw) => parseMessage(raw, this.#options),
      pause: () => exchange.pause(),
      resume: () => exchange.resume(),
      onFirst: () => setImmediate(startHead, this),
    });
    this.#messages = messages;
    if (this.#requestEnded) {
      messages.end();
    }
    this.#run(messages);
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
      message = parseMessage(raw, this.#options);
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

  #run(input: Message | RequestMessages): void {
    const { implementation } = this.#options.route;
    if (this.#response.ended) {
      return;
    }
    try {
      if (implementation.kind === "stream") {
        this.#pump(implementation.run(input, this.#context)).catch((thrown: unknown) => this.#failService(thrown));
        return;
      }
      const output = implementation.run(input, this.#context);
      if (isPromise(output)) {
        output.then((message) => this.#answer(message)).catch((thrown: unknown) => this.#failService(thrown));
      } else {
        this.#answer(output)?.catch((thrown: unknown) => this.#failService(thrown));
      }
    } catch (thrown) {
      this.#failService(thrown);
    }
  }

  /** Sends the only message of a response. */
  #answer(message: Output): Promise<void> | undefined {
    if (this.#response.ended) {
      return undefined;
    }
    const sending = this.#response.succeed(this.#codec.serialize(message));
    if (sending !== undefined) {
      return sending.then(() => this.#letGo(undefined));
    }
    this.#letGo(undefined);
    return undefined;
  }

  /** Sends the messages of a stream, as fast as its client takes them. */
  async #pump(output: Eventually<AsyncIterable<Output>>): Promise<void> {
    const iterator = (isPromise(output) ? await output : output)[Symbol.asyncIterator]();
    if (this.#response.ended) {
      returnQuietly(iterator);
      return;
    }
    this.#output = iterator;
    setImmediate(startHead, this);
    for (let result = await iterator.next(); !this.#response.ended; result = await iterator.next()) {
      if (result.done === true) {
        this.#output = undefined;
        this.#end(undefined);
        return;
      }
      const writing = this.#response.write(this.#codec.serialize(result.value));
      if (writing !== undefined) {
        await writing;
      }
    }
  }

  /** Ends a stream, or any call with an error. */
  #end(error: ConnectError | undefined): void {
    const unfit = this.#response.end(error);
    if (unfit !== undefined) {
      this.#code = unfit.error.code;
      this.#fault ??= unfit.fault;
    }
    this.#letGo(error);
  }

  /** What the service threw. */
  #failService(thrown: unknown): void {
    const { error, fault } = toServiceError(thrown);
    this.fail(error, fault);
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
    this.#stopWaiting();
    this.#context.abort(reason);
    this.#messages?.fail(reason ?? new ConnectError("the call has ended", Code.Canceled));
    if (this.#output !== undefined) {
      returnQuietly(this.#output);
      this.#output = undefined;
    }
    this.#response.drained();
  }

  #stopWaiting(): void {
    if (this.#arrival !== undefined) {
      this.#options.arrivals.remove(this.#arrival);
    }
  }
}

/** A service that is parked learns of it when it goes on. Nobody waits for what it still has to say. */
function returnQuietly(iterator: AsyncIterator<unknown>): void {
  Promise.try(() => iterator.return?.()).catch(() => {});
}

function expire(call: ServerCall): void {
  call.expire();
}

function startHead(call: ServerCall): void {
  call.startHead();
}
