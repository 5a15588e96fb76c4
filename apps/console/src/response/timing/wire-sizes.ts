import type { EventLog, MessageEvent } from "../../call/event-log.ts";

/** What messages of one direction took on the wire. */
export interface WireSizes {
  /** How many messages are counted: those still held whose wire is known. */
  readonly messages: number;
  readonly carriedBytes: number;
  /** After decompression. */
  readonly decodedBytes: number;
  /** The names of the compressions that were used. */
  readonly compressions: readonly string[];
}

/** Adds up the sizes of the messages that the log holds. */
export function wireSizes(log: EventLog, direction: MessageEvent["direction"]): WireSizes {
  let messages = 0;
  let carriedBytes = 0;
  let decodedBytes = 0;
  const compressions = new Set<string>();
  for (let position = 0; position < log.length; position++) {
    const event = log.at(position);
    if (event?.direction === direction && event.wire !== undefined) {
      const { wire } = event;
      messages++;
      carriedBytes += wire.carriedBytes;
      decodedBytes += wire.payload.byteLength;
      if (wire.compression !== undefined) {
        compressions.add(wire.compression);
      }
    }
  }
  return { messages, carriedBytes, decodedBytes, compressions: [...compressions] };
}
