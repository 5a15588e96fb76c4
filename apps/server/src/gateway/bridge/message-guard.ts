import { emptyBody } from "../../net/http-exchange.ts";
import { prefixLength } from "../../rpc/envelope.ts";

/** Why bytes may not go on. */
export type MessageFault =
  | {
      readonly kind: "too-long";
      /** The length that the message says it has, in bytes. */
      readonly bytes: number;
    }
  | {
      readonly kind: "flags";
      /** The flags of the message, which its reader would take for something else. */
      readonly flags: number;
    };

/** Follows the messages in a stream of bytes, and holds back those that are too long before their first byte goes on. */
export interface MessageGuard {
  /** What is wrong with the message at which the bytes stopped; undefined for nothing. Nothing passes any more then. */
  readonly fault: MessageFault | undefined;
  /** Whether what has passed ends within a message. */
  readonly isInside: boolean;
  /**
   * The beginning of the message that tells how the call ended, where it is in the body: one with `lastFlag`, or the only
   * one. Kept for the log.
   */
  readonly last: Uint8Array | undefined;
  /** Takes a piece, cut anywhere, and gives what may go on: a length prefix goes on once it is complete. */
  take(chunk: Uint8Array): Uint8Array;
  /** At the end of the stream: the bytes of a prefix that never became complete. */
  rest(): Uint8Array;
}

/** What the messages of a stream may be. */
export interface MessageRules {
  /** The bits that a message's flags may have. */
  readonly legalFlags: number;
  /** The flag of the message that tells how the call ended; 0 where it is told elsewhere. */
  readonly lastFlag: number;
}

/** For messages of gRPC whose flags are their reader's affair. */
export const anyMessages: MessageRules = { legalFlags: 0xff, lastFlag: 0 };

/**
 * Creates the guard of a stream of messages with length prefixes. Its work is per message and per piece, not per byte.
 *
 * @param maxBytes the longest message
 */
export function createMessageGuard(maxBytes: number, rules: MessageRules): MessageGuard {
  return new EnvelopeGuard(maxBytes, rules);
}

/**
 * Creates the guard of a body that is one message without a prefix, as in Connect's unary form.
 *
 * @param maxBytes the longest message
 */
export function createBodyGuard(maxBytes: number): MessageGuard {
  return new BodyGuard(maxBytes);
}

/** A class, since every call makes two: its methods stand on the prototype. */
class EnvelopeGuard implements MessageGuard {
  fault: MessageFault | undefined = undefined;
  last: Uint8Array | undefined = undefined;
  readonly #maxBytes: number;
  readonly #rules: MessageRules;
  #missing = 0;
  #held: Uint8Array = emptyBody;

  constructor(maxBytes: number, rules: MessageRules) {
    this.#maxBytes = maxBytes;
    this.#rules = rules;
  }

  get isInside(): boolean {
    return this.#missing > 0;
  }

  take(chunk: Uint8Array): Uint8Array {
    if (this.fault !== undefined) {
      return emptyBody;
    }
    if (this.#missing >= chunk.byteLength) {
      this.#missing -= chunk.byteLength;
      return chunk;
    }
    const bytes = this.#held.byteLength === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = emptyBody;
    return this.#follow(bytes);
  }

  rest(): Uint8Array {
    const held = this.#held;
    if (held.byteLength > 0) {
      // What is missing of the prefix stays missing.
      this.#missing = prefixLength - held.byteLength;
      this.#held = emptyBody;
    }
    return held;
  }

  /** Goes from prefix to prefix. */
  #follow(bytes: Uint8Array): Uint8Array {
    const { byteLength } = bytes;
    let at = this.#missing;
    this.#missing = 0;
    while (byteLength - at >= prefixLength) {
      const flags = bytes[at] as number;
      const length = readLength(bytes, at + 1);
      this.fault = this.#check(flags, length);
      if (this.fault !== undefined) {
        return bytes.subarray(0, at);
      }
      at += prefixLength + length;
      if ((flags & this.#rules.lastFlag) !== 0) {
        this.last = bytes.subarray(at - length, at);
      }
      if (at > byteLength) {
        this.#missing = at - byteLength;
        return bytes;
      }
    }
    if (at === byteLength) {
      return bytes;
    }
    // A copy: these few bytes would keep the whole piece in memory.
    this.#held = Uint8Array.from(bytes.subarray(at));
    return bytes.subarray(0, at);
  }

  #check(flags: number, length: number): MessageFault | undefined {
    if (length > this.#maxBytes) {
      return { kind: "too-long", bytes: length };
    }
    return (flags & ~this.#rules.legalFlags) === 0 ? undefined : { kind: "flags", flags };
  }
}

class BodyGuard implements MessageGuard {
  fault: MessageFault | undefined = undefined;
  last: Uint8Array | undefined = undefined;
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isInside(): boolean {
    return this.#bytes > 0;
  }

  take(chunk: Uint8Array): Uint8Array {
    this.#bytes += chunk.byteLength;
    if (this.#bytes > this.#maxBytes) {
      this.fault ??= { kind: "too-long", bytes: this.#bytes };
      return emptyBody;
    }
    this.last ??= chunk;
    return chunk;
  }

  rest(): Uint8Array {
    return emptyBody;
  }
}

function readLength(bytes: Uint8Array, at: number): number {
  // By multiplication, since a shift would make the highest bit a sign.
  return (
    (bytes[at] as number) * 0x100_0000 +
    (((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number))
  );
}
