import type { MessageEvent } from "../../call/event-log.ts";
import type { WireMessage } from "../../call/wire-message.ts";

/** What the bits of an envelope's flags say, as keys of the language catalogues under `wire.flag`. */
export type FlagWord = "message" | "compressed" | "endOfStream" | "trailers" | "unknownBits";

const compressedBit = 0b0000_0001;
const endOfStreamBit = 0b0000_0010;
const trailersBit = 0b1000_0000;

/** The words for an envelope's flags: of gRPC (bit 0), of Connect (bit 1, https://connectrpc.com/docs/protocol) and of gRPC-Web (bit 7). */
export function flagWords(flags: number): readonly FlagWord[] {
  const kind: FlagWord =
    (flags & trailersBit) !== 0 ? "trailers" : (flags & endOfStreamBit) !== 0 ? "endOfStream" : "message";
  const words: FlagWord[] = [kind];
  if ((flags & compressedBit) !== 0) {
    words.push("compressed");
  }
  if ((flags & ~(compressedBit | endOfStreamBit | trailersBit)) !== 0) {
    words.push("unknownBits");
  }
  return words;
}

/** A byte as it is written: `0x0a`. */
export function byteText(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}

/** The five bytes before a payload: flags, and the carried length in network order; undefined where there is no envelope. */
export function envelopePrefix({ flags, carriedBytes }: WireMessage): readonly number[] | undefined {
  if (flags === undefined) {
    return undefined;
  }
  return [flags, carriedBytes >>> 24, (carriedBytes >>> 16) & 0xff, (carriedBytes >>> 8) & 0xff, carriedBytes & 0xff];
}

/** The message that is shown unasked: the newest that came, or else the newest that went. */
export function newestOf(events: {
  readonly length: number;
  at(position: number): MessageEvent | undefined;
}): MessageEvent | undefined {
  for (let position = events.length - 1; position >= 0; position--) {
    const event = events.at(position);
    if (event?.direction === "received") {
      return event;
    }
  }
  return events.at(events.length - 1);
}
