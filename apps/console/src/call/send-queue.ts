import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { createFifo } from "./fifo.ts";
import type { Turns } from "./turns.ts";

/** Messages on their way to a transport, which takes them one by one as the network allows. */
export interface SendQueue {
  /** What the transport reads. It ends after the half-close, and is read once. */
  readonly messages: AsyncIterable<Message>;
  /** Messages that wait: all of an array, and of any other iterable the one that was read ahead. */
  readonly length: number;
  /**
   * Adds messages behind those that wait. Iterables are read as the transport takes their messages, never at once.
   * Resolves when the transport took the last; rejects when the queue failed first, when it was closed, and with
   * `RESOURCE_EXHAUSTED` when `maxPendingSends` iterables wait already.
   */
  send(messages: Iterable<Message>): Promise<void>;
  /** Ends the stream after what waits. */
  close(): void;
  /** Rejects what waits and all that comes later. The transport gets nothing more. */
  fail(reason: unknown): void;
}

/** The most calls of `send` that can wait at once. */
export const maxPendingSends = 10_000;

interface Pending {
  readonly iterator: Iterator<Message>;
  /** Read ahead by one, so that the last message is known to be the last. */
  ahead: IteratorResult<Message>;
  /** Messages left, where that is known without reading them. */
  left: number;
  readonly counted: boolean;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** What a queue works with. */
export interface SendQueueOptions {
  /** Is told each message at the moment when the transport takes it. */
  readonly onTake: (message: Message) => void;
  /** The queue rests when one is spent, however fast the transport takes. */
  readonly turns: Pick<Turns, "isSpent" | "rest">;
}

/** Creates an open queue. */
export function createSendQueue({ onTake, turns }: SendQueueOptions): SendQueue {
  const pending = createFifo<Pending>();
  let length = 0;
  let closed = false;
  let failure: { readonly reason: unknown } | undefined;
  let wake: (() => void) | undefined;

  function enqueue(messages: Iterable<Message>, settle: Pick<Pending, "resolve" | "reject">): void {
    if (failure !== undefined) {
      throw failure.reason;
    }
    if (closed) {
      throw new ConnectError("the sending side is closed: it was half-closed before", Code.FailedPrecondition);
    }
    if (pending.length >= maxPendingSends) {
      throw new ConnectError(
        `${maxPendingSends} sends are waiting already; wait until some were taken`,
        Code.ResourceExhausted,
      );
    }
    const iterator = messages[Symbol.iterator]();
    const ahead = iterator.next();
    if (ahead.done === true) {
      settle.resolve();
      return;
    }
    const counted = Array.isArray(messages);
    const left = counted ? messages.length : 1;
    pending.push({ iterator, ahead, left, counted, ...settle });
    length += left;
    wake?.();
  }

  function take(): Message | undefined {
    const oldest = pending.peek();
    if (oldest === undefined || oldest.ahead.done === true) {
      return undefined;
    }
    const message = oldest.ahead.value;
    length -= oldest.left;
    const isLast = readAhead(oldest);
    length += oldest.left;
    if (isLast) {
      pending.shift();
    }
    return message;
  }

  async function next(): Promise<IteratorResult<Message, undefined>> {
    if (turns.isSpent()) {
      await turns.rest();
    }
    for (;;) {
      if (failure !== undefined) {
        throw failure.reason;
      }
      const message = take();
      if (message !== undefined) {
        onTake(message);
        return { done: false, value: message };
      }
      if (closed) {
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    // A transport's pipeline wants to be able to throw; a call that has failed tells the queue by itself.
    messages: { [Symbol.asyncIterator]: () => ({ next, throw: (reason) => Promise.reject(reason) }) },
    get length() {
      return length;
    },
    send: (messages) => new Promise((resolve, reject) => enqueue(messages, { resolve, reject })),
    close() {
      closed = true;
      wake?.();
    },
    fail(reason) {
      failure ??= { reason };
      length = 0;
      for (let waiting = pending.shift(); waiting !== undefined; waiting = pending.shift()) {
        waiting.iterator.return?.();
        waiting.reject(failure.reason);
      }
      wake?.();
    },
  };
}

/**
 * Reads the next message of an iterable ahead, and answers whether there is none. One that throws ends there, and its
 * sender is told.
 */
function readAhead(entry: Pending): boolean {
  try {
    entry.ahead = entry.iterator.next();
  } catch (error) {
    entry.ahead = { done: true, value: undefined };
    entry.reject(error);
  }
  if (entry.ahead.done === true) {
    entry.left = 0;
    entry.resolve();
    return true;
  }
  entry.left -= entry.counted ? 1 : 0;
  return false;
}
