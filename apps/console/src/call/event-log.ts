import type { Message } from "@bufbuild/protobuf";

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
