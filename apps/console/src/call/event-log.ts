import type { Message } from "@bufbuild/protobuf";
import type { WireMessage } from "./wire-message.ts";

/** One message of a call, as the page sent or received it. */
export interface MessageEvent {
  /** Its place among all messages of the call in both directions, from 0. */
  readonly index: number;
  readonly direction: "sent" | "received";
  /** Its place among the messages of its own direction, from 1. */
  readonly ordinal: number;
  /** Milliseconds since the call began. */
  readonly atMs: number;
  readonly message: Message;
  /** The payload's length on the wire in bytes, without the envelope's five. */
  readonly wireBytes: number;
  /** The message as it was carried; undefined where that was not kept. */
  readonly wire?: WireMessage | undefined;
}

/** The messages of one call in their true order. Holds the newest; what no longer fits is dropped and counted. */
export interface EventLog {
  /** Messages added so far, dropped ones included. */
  readonly total: number;
  /** Messages dropped so far, always the oldest. The first one still held has this index. */
  readonly dropped: number;
  /** Messages held now. */
  readonly length: number;
  /** The message at `position`, from 0 for the oldest one still held. */
  at(position: number): MessageEvent | undefined;
}

/** A log that can be added to. */
export interface WritableEventLog extends EventLog {
  /** Adds the newest message and gives it its index; drops the oldest ones that no longer fit. Takes constant time. */
  append(event: Omit<MessageEvent, "index">): void;
}

/** How much a log holds. */
export interface EventLogLimits {
  /** Default 20,000 messages. */
  readonly maxEvents?: number;
  /**
   * The sum of what the messages hold: each its payload, and as much again for the decoded message. Default 128 MiB. The
   * newest message is held in any case.
   */
  readonly maxBytes?: number;
}

/**
 * Creates an empty log. It is a ring: the memory grows with the messages up to the limits, and then no more.
 *
 * @param skipped messages that count as added and dropped before
 */
export function createEventLog(
  { maxEvents = 20_000, maxBytes = 134_217_728 }: EventLogLimits = {},
  skipped = 0,
): WritableEventLog {
  const ring: (MessageEvent | undefined)[] = [];
  let total = skipped;
  let dropped = skipped;
  let bytes = 0;

  function dropOldest(): void {
    const slot = dropped % maxEvents;
    const oldest = ring[slot];
    bytes -= oldest === undefined ? 0 : heldBytes(oldest);
    ring[slot] = undefined;
    dropped++;
  }

  return {
    get total() {
      return total;
    },
    get dropped() {
      return dropped;
    },
    get length() {
      return total - dropped;
    },
    at(position) {
      const held = Number.isInteger(position) && position >= 0 && position < total - dropped;
      return held ? ring[(dropped + position) % maxEvents] : undefined;
    },
    append(event) {
      const eventBytes = heldBytes(event);
      while (total > dropped && (total - dropped >= maxEvents || bytes + eventBytes > maxBytes)) {
        dropOldest();
      }
      ring[total % maxEvents] = { ...event, index: total };
      bytes += eventBytes;
      total++;
    },
  };
}

function heldBytes({ wire, wireBytes }: Omit<MessageEvent, "index">): number {
  return wire === undefined ? wireBytes : 2 * wire.payload.byteLength;
}
