import { encodeEnvelope } from "@connectrpc/connect/protocol";

/** Serializes a message whose field 1 is this text, as the first field of most requests here is. */
export function textMessage(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.byteLength > 127) {
    throw new Error(`the text has ${bytes.byteLength} bytes, where at most 127 are possible`);
  }
  return Buffer.concat([Buffer.of(0x0a, bytes.byteLength), bytes]);
}

/** Writes `textMessage` with its length prefix, uncompressed. */
export function textEnvelope(text: string): Buffer {
  return Buffer.from(encodeEnvelope(0, textMessage(text)));
}
