/** How a message is written: Protocol Buffers' binary format or its JSON. */
export type CodecName = "proto" | "json";

/** Reads the name of a codec as media types have it. Undefined for one that we lack. */
export function readCodecName(text: string): CodecName | undefined {
  return text === "proto" || text === "json" ? text : undefined;
}
