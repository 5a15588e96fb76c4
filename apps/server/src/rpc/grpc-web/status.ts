import type { ConnectError } from "@connectrpc/connect";
import { createTrailers } from "../grpc/status.ts";

/** The flag of the envelope that holds the trailers and ends the body. */
export const trailerFlag = 0b1000_0000;

/**
 * Creates the payload of the last envelope: gRPC's trailers as lines of `name: value`, one byte for each character
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md).
 *
 * @param error undefined where the call succeeded
 */
export function createTrailerBlock(error: ConnectError | undefined, metadata: Headers | undefined): Uint8Array {
  const fields = createTrailers(error, metadata);
  let text = "";
  for (let i = 0; i < fields.length; i += 2) {
    text += `${fields[i]}: ${fields[i + 1]}\r\n`;
  }
  return Buffer.from(text, "latin1");
}
