import type { Message } from "@bufbuild/protobuf";
import type { MessageDecoder, RawMessage } from "./message-decoder.ts";

/** The messages of a request, for a service to take one by one. */
export interface RequestMessages extends AsyncIterable<Message> {
  /** Whether the service waits for the first message, and so hasn't begun to answer. */
  readonly awaitsFirst: boolean;
  /** Takes a piece of the body, or its end. */
  push(chunk: Uint8Array): void;
  end(): void;
  /** Ends the messages with an error, whoever waits for one. */
  fail(error: unknown): void;
}

/** What `createRequestMessages` needs. */
export interface RequestMessagesOptions {
  readonly decoder: MessageDecoder;
  /** Makes a message of its bytes: at once, unless it is compressed. */
  readonly parse: (raw: RawMessage) => Message | Promise<Message>;
  /** Holds the request's body back, and lets it flow again. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Called after the first message, or the end in its place, was given. */
  readonly onFirst: () => void;
}

/** How much of the body is held for a service that isn't waiting for it, in bytes. */
const maxHeldBytes = 65_536;

/** What is given to who waits: a result, or the promise of one, which may be an error. */
type Result = Promise<IteratorResult<Message>> | IteratorResult<Message>;

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Creates the messages of a request whose body is yet to come. They can be gone over once. */
export function createRequestMessages(options: RequestMessagesOptions): RequestMessages {
  return new Messages(options);
}

class Messages implements RequestMessages, AsyncIterator<Message> {
  readonly #options: RequestMessagesOptions;
  readonly #waiters: ((result: Result) => void)[] = [];
  #firstTaken = false;
  #firstGiven = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined = undefined;
  #left = false;
  #paused = false;

  constructor(options: RequestMessagesOptions) {
    this.#options = options;
  }

  get awaitsFirst(): boolean {
    return !this.#firstGiven && (this.#firstTaken || this.#waiters.length > 0);
  }

  [Symbol.asyncIterator](): AsyncIterator<Message> {
    return this;
  }

  push(chunk: Uint8Array): void {
    if (this.#left) {
      return;
    }
    try {
      this.#options.decoder.push(chunk);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.#serve();
    if (this.#waiters.length === 0 && this.#options.decoder.heldBytes > maxHeldBytes) {
      this.#paused = true;
      this.#options.pause();
    }
  }

  end(): void {
    this.#ended = true;
    this.#serve();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#serve();
  }

  next(): Promise<IteratorResult<Message>> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#serve();
      if (this.#waiters.length > 0 && this.#paused) {
        this.#paused = false;
        this.#options.resume();
      }
    });
  }

  /** The service takes no more. What still comes is held back, and let go when the call ends. */
  return(): Promise<IteratorResult<Message>> {
    this.#left = true;
    this.#options.pause();
    return Promise.resolve(done);
  }

  /** Gives those who wait what there is. */
  #serve(): void {
    while (this.#waiters.length > 0) {
      const result = this.#take();
      if (result === undefined) {
        return;
      }
      this.#waiters.shift()?.(result);
      if (!this.#firstTaken) {
        this.#firstTaken = true;
        this.#tellFirst(result);
      }
    }
  }

  /** A first message that is compressed takes a while until the service has it. */
  #tellFirst(result: Result): void {
    const tell = () => {
      this.#firstGiven = true;
      this.#options.onFirst();
    };
    if (result instanceof Promise) {
      result.then(tell, tell);
    } else {
      tell();
    }
  }

  /** The next message, the end, or an error; undefined while neither is there. */
  #take(): Result | undefined {
    if (this.#left) {
      return done;
    }
    if (this.#failure !== undefined) {
      return Promise.reject(this.#failure.error);
    }
    try {
      const raw = this.#options.decoder.take();
      if (raw !== undefined) {
        const message = this.#options.parse(raw);
        return message instanceof Promise
          ? message.then((value) => ({ done: false, value }))
          : { done: false, value: message };
      }
      if (this.#ended) {
        this.#options.decoder.finish();
        return done;
      }
      return undefined;
    } catch (error) {
      this.#failure = { error };
      return Promise.reject(error);
    }
  }
}
