import type { DescMethodStreaming, DescMethodUnary, Message } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import type { CallStart, CallStatus, HeaderFields } from "./call.ts";
import { defaultCallOptions } from "./call-options.ts";
import { okStatus, pageStatus, statusFromError } from "./call-status.ts";
import { createFifo, type Fifo } from "./fifo.ts";
import { metadataToHeaders } from "./metadata.ts";
import type { OpenTransport } from "./open-transport.ts";
import { createSendQueue, type SendQueue } from "./send-queue.ts";
import type { Turns } from "./turns.ts";
import type { WireMessage } from "./wire-message.ts";
import type { WireProtocol } from "./wire-protocol.ts";
import type { WireTap } from "./wire-tap.ts";

/** What a run tells of itself. Nothing else than `onConnected` is told after `onEnd`. */
export interface RunObserver {
  onProtocol(protocol: WireProtocol): void;
  /** The page handed the request to the browser. */
  onSent(): void;
  /** As `WireTap.connected`; may be told after `onEnd`. */
  onConnected(at: number | undefined): void;
  /** The other side took the call. */
  onOpen(): void;
  /** `folded` where fetch sorted and folded them. */
  onHeaders(fields: HeaderFields, folded: boolean): void;
  onTrailers(fields: HeaderFields): void;
  /** `wire` is undefined where the transport did not tell its tap of the message. */
  onMessage(direction: "sent" | "received", message: Message, wire: WireMessage | undefined): void;
  /** `queued` or `halfClosed` changed. */
  onSending(): void;
  /** `undecoded` is the message on the wire at which the transport failed. */
  onEnd(status: CallStatus, undecoded: WireMessage | undefined): void;
}

/** One run of a call. */
export interface CallRun {
  /** Messages that wait to be handed to the network. */
  readonly queued: number;
  readonly halfClosed: boolean;
  /** As `Call.send`. */
  send(messages: Iterable<Message>): Promise<void>;
  halfClose(): void;
  /** Ends the run with CANCELLED, at once. */
  cancel(): void;
}

/** What a run needs besides its start. */
export interface RunCollaborators {
  readonly openTransport: OpenTransport;
  readonly turns: Turns;
  readonly observer: RunObserver;
}

/** Begins a run. The observer is told everything, the beginning included, before or after this returns. */
export function startRun(start: CallStart, { openTransport, turns, observer }: RunCollaborators): CallRun {
  const abort = new AbortController();
  /** Taken by the transport, but not yet on the wire. */
  const taken = createFifo<Message>();
  /** What came over the wire and the transport has not yet given out. */
  const arrived = createFifo<WireMessage>();
  let httpStatus: number | undefined;
  let ended = false;
  let halfClosed = false;

  const queue = createSendQueue({ turns, onTake: taken.push });

  function end(status: CallStatus, undecoded?: WireMessage): void {
    if (!ended) {
      ended = true;
      const reason = new ConnectError(status.message || "the call has ended", status.code || Code.Canceled);
      queue.fail(reason);
      observer.onEnd(status, undecoded);
      abort.abort(reason);
    }
  }

  const live = (tell: () => void) => {
    if (!ended) {
      tell();
    }
  };
  const tap = createRunTap({
    observer,
    taken,
    arrived,
    live,
    onHttpStatus(status) {
      httpStatus = status;
    },
  });

  function receive(message: Message): void {
    live(() => observer.onMessage("received", message, arrived.shift()));
  }

  const run: CallRun = {
    get queued() {
      return ended ? 0 : queue.length + taken.length;
    },
    get halfClosed() {
      return halfClosed;
    },
    send: (messages) => queue.send(messages).finally(observer.onSending),
    halfClose() {
      if (!halfClosed && !ended) {
        halfClosed = true;
        queue.close();
        observer.onSending();
      }
    },
    cancel: () => end(pageStatus(Code.Canceled, "the call was cancelled")),
  };

  perform(start, { openTransport, observer, tap, queue, taken, run, receive, turns, signal: abort.signal }).then(
    () => end(okStatus),
    (reason) => {
      const status = statusFromError(reason, { registry: start.registry, httpStatus });
      const undecoded = isDecodeFault(status) ? arrived.peek() : undefined;
      end(undecoded === undefined ? status : unreadable(status), undecoded);
    },
  );
  return run;
}

/** Whether a transport ends a call like this when it can't read a message, rather than because something else happened. */
function isDecodeFault({ origin, code }: CallStatus): boolean {
  return origin === "page" && (code === Code.InvalidArgument || code === Code.Internal);
}

/**
 * What a fault in an answer is told as: the library has it under codes that would blame the request, and says of nesting
 * that a limit was reached.
 */
function unreadable({ message }: CallStatus): CallStatus {
  const reason = message.includes("recursion depth")
    ? "it is nested deeper than the 100 levels that are read"
    : message;
  return pageStatus(Code.Internal, `the answer can't be read: ${reason}`);
}

interface RunTapContext {
  readonly observer: RunObserver;
  readonly taken: Fifo<Message>;
  readonly arrived: Fifo<WireMessage>;
  /** Runs a function unless the run has ended. */
  readonly live: (tell: () => void) => void;
  readonly onHttpStatus: (status: number | undefined) => void;
}

/** Brings together what the transport takes and gives, and what goes over the wire for it. */
function createRunTap({ observer, taken, arrived, live, onHttpStatus }: RunTapContext): WireTap {
  return {
    requestStarted: () => live(observer.onSent),
    connected: observer.onConnected,
    requestMessage(wire) {
      const message = taken.shift();
      if (message !== undefined) {
        live(() => observer.onMessage("sent", message, wire));
      }
    },
    accepted: () => live(observer.onOpen),
    responseHeaders(fields, status) {
      onHttpStatus(status);
      live(() => observer.onHeaders(fields, status !== undefined));
    },
    responseMessage: arrived.push,
    responseTrailers: (fields) => live(() => observer.onTrailers(fields)),
  };
}

interface Performance {
  readonly openTransport: OpenTransport;
  readonly observer: RunObserver;
  readonly tap: WireTap;
  readonly queue: SendQueue;
  readonly taken: { push(message: Message): void };
  readonly run: CallRun;
  readonly receive: (message: Message) => void;
  readonly turns: Turns;
  readonly signal: AbortSignal;
}

/** Runs the call to its end; rejects with what the transport threw. */
async function perform(start: CallStart, performance: Performance): Promise<void> {
  const { openTransport, observer, tap } = performance;
  const { timeoutMs, registry, options = defaultCallOptions } = start;
  // The union by kind, which can be told apart.
  const method: DescMethodUnary | DescMethodStreaming = start.method;
  if (timeoutMs !== undefined && !(timeoutMs > 0)) {
    throw new ConnectError(`the deadline of ${timeoutMs} ms had passed before the call began`, Code.DeadlineExceeded);
  }
  const header = metadataToHeaders(start.metadata);
  const { transport, protocol } = openTransport({ method, registry, protocol: start.protocol, options, tap });
  observer.onProtocol(protocol);
  await (method.methodKind === "unary"
    ? performUnary(transport, { ...performance, start, method, header })
    : performStream(transport, { ...performance, start, method, header }));
}

async function performUnary(
  transport: Transport,
  call: Performance & { start: CallStart; method: DescMethodUnary; header: Headers },
): Promise<void> {
  const { start, method, header, signal, taken, run } = call;
  const message = onlyMessage(start.messages);
  taken.push(message);
  run.halfClose();
  const response = await transport.unary(method, signal, start.timeoutMs, header, message);
  call.receive(response.message);
}

async function performStream(
  transport: Transport,
  call: Performance & { start: CallStart; method: DescMethodStreaming; header: Headers },
): Promise<void> {
  const { start, method, header, signal, queue, run, turns } = call;
  if (method.methodKind === "server_streaming") {
    queue.send([onlyMessage(start.messages)]).catch(ignore);
    run.halfClose();
  } else {
    // Where it fails the call has failed, which is told in its status.
    run.send(start.messages).catch(ignore);
  }
  const response = await transport.stream(method, signal, start.timeoutMs, header, queue.messages);
  for await (const message of response.message) {
    if (signal.aborted) {
      return;
    }
    call.receive(message);
    if (turns.isSpent()) {
      await turns.rest();
    }
  }
}

function onlyMessage(messages: Iterable<Message>): Message {
  const [first, second] = messages;
  if (first === undefined || second !== undefined) {
    const count = first === undefined ? "none" : "more than one";
    throw new ConnectError(`the method takes exactly one message, and ${count} was given`, Code.InvalidArgument);
  }
  return first;
}

function ignore(): void {}
