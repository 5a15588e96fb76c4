import type { WireEnvelope } from "@switchboard/wire/envelope-reader.ts";
import type { WireMessage } from "../call/wire-message.ts";

/** Makes what tells of messages take the envelopes of serialized messages, those whose payloads were kept. */
export function tellEach(tell: (message: WireMessage) => void): (envelope: WireEnvelope) => void {
  return ({ flags, length, payload }) => {
    if (payload !== undefined) {
      tell({ flags, carriedBytes: length, payload, format: "binary", compression: undefined });
    }
  };
}
