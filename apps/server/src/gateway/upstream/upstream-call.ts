import type { FieldList } from "../../net/http-exchange.ts";
import type { Link } from "../../rpc/linked-list.ts";
import type { Attempt, AttemptEnd, AttemptListener } from "./attempt.ts";
import type { RequestDeadline, UpstreamExchange, UpstreamHead, UpstreamListener, UpstreamRequest } from "./upstream.ts";
import type { UpstreamFault } from "./upstream-fault.ts";

/** What finds a call its connection. */
export interface CallOwner {
  /** Puts a call on another connection, as its first one did not carry it. */
  retry(call: UpstreamCall): void;
  /** A call that waits is no longer wanted. */
  forget(call: UpstreamCall): void;
}

/** A call that waits, and the timer that ends its waiting. */
export interface Waiting {
  readonly call: UpstreamCall;
  readonly timer: NodeJS.Timeout;
}

/** How much of a request's body is kept until the response begins, so that it can be sent again, in bytes. */
const maxHeldBytes = 65_536;

const maxAttempts = 2;

/**
 * A call on its way to a server: it waits for a connection, is put on one, and on another where the first is known not
 * to have carried it. A class, since every call makes one.
 */
export class UpstreamCall implements UpstreamExchange, AttemptListener {
  readonly request: UpstreamRequest;
  /** Its place among those that wait; undefined while it doesn't. */
  waiting: Link<Waiting> | undefined = undefined;
  readonly #listener: UpstreamListener;
  readonly #owner: CallOwner;
  #attempt: Attempt | undefined = undefined;
  #attempts = 0;
  /** The body from its first byte, while it may have to be sent again. */
  #held: Uint8Array[] | undefined = [];
  #heldBytes = 0;
  #isEnded = false;
  #isPaused = false;
  #isOver = false;
  #isCancelled = false;
  #owesDrain = false;

  constructor(request: UpstreamRequest, listener: UpstreamListener, owner: CallOwner) {
    this.request = request;
    this.#listener = listener;
    this.#owner = owner;
  }

  get deadline(): RequestDeadline | undefined {
    return this.request.deadline;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver || this.#isEnded) {
      return true;
    }
    if (this.#held !== undefined) {
      this.#held.push(chunk);
      this.#heldBytes += chunk.byteLength;
    }
    const attempt = this.#attempt;
    if (attempt === undefined) {
      this.#owesDrain = this.#heldBytes >= maxHeldBytes;
      return !this.#owesDrain;
    }
    if (this.#heldBytes > maxHeldBytes) {
      this.#letGo();
    }
    const hasRoom = attempt.write(chunk);
    this.#owesDrain ||= !hasRoom;
    return hasRoom;
  }

  end(): void {
    if (!this.#isOver && !this.#isEnded) {
      this.#isEnded = true;
      this.#attempt?.end();
    }
  }

  pause(): void {
    this.#isPaused = true;
    this.#attempt?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#attempt?.resume();
  }

  cancel(): void {
    this.#isCancelled = true;
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#letGo();
    if (this.#attempt === undefined) {
      this.#owner.forget(this);
    } else {
      this.#attempt.cancel();
    }
  }

  /** Puts the call on a connection, with what there is of its body. */
  begin(attempt: Attempt): void {
    this.#attempt = attempt;
    this.#attempts++;
    let hasRoom = true;
    for (const chunk of this.#held ?? []) {
      hasRoom = attempt.write(chunk);
    }
    if (this.#heldBytes > maxHeldBytes) {
      this.#letGo();
    }
    if (this.#isEnded) {
      attempt.end();
    }
    if (this.#isPaused) {
      attempt.pause();
    }
    if (hasRoom) {
      this.onDrain();
    }
  }

  /** Ends the call, which is on no connection, and tells so in a later turn: `open` may not have returned. */
  fail(fault: UpstreamFault): void {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#letGo();
      setImmediate(tellFault, this, fault);
    }
  }

  /** Tells the listener what `fail` was given. */
  tell(fault: UpstreamFault): void {
    if (!this.#isCancelled) {
      this.#listener.onClose(fault);
    }
  }

  onHead(head: UpstreamHead): void {
    this.#letGo();
    this.#listener.onHead(head);
  }

  onData(chunk: Uint8Array): void {
    this.#listener.onData(chunk);
  }

  onTrailers(fields: FieldList): void {
    this.#listener.onTrailers(fields);
  }

  onDrain(): void {
    if (this.#owesDrain) {
      this.#owesDrain = false;
      this.#listener.onDrain();
    }
  }

  onEnd({ fault, isUntouched }: AttemptEnd): void {
    this.#attempt = undefined;
    // What is held tells that nothing of the response was told either.
    if (isUntouched && this.#held !== undefined && this.#attempts < maxAttempts) {
      this.#owner.retry(this);
      return;
    }
    this.#isOver = true;
    this.#letGo();
    this.#listener.onClose(fault);
  }

  #letGo(): void {
    this.#held = undefined;
    this.#heldBytes = 0;
  }
}

function tellFault(call: UpstreamCall, fault: UpstreamFault): void {
  call.tell(fault);
}
