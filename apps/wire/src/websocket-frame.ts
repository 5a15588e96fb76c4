import { Code, ConnectError } from "@connectrpc/connect";
import { maxHeaderBlockBytes } from "./header-block.ts";

/**
 * The WebSocket subprotocol that carries one gRPC call. Each binary WebSocket message is one frame: a byte that tells
 * its kind, and a payload.
 *
 * - `headers` opens each direction: a header block (see header-block.ts). The client's is the request's metadata with
 *   `content-type` and, where there is a deadline, `grpc-timeout`; the server's is the response's metadata, and is left
 *   out where the response is nothing but trailers.
 * - `data` carries bytes of length-prefixed gRPC messages. Frames and messages have no relation: a message may span
 *   frames, and a frame may hold many messages.
 * - `halfClose`, from the client only: no more data will come.
 * - `cancel`, from the client only: the call is over; the payload is a reason for the log, in UTF-8, and may be empty.
 * - `credit` lets the peer send that many more bytes of data payload (an unsigned 32-bit integer, big-endian). Each side
 *   begins with `initialCredit`, and may not send more than it was given.
 * - `trailers`, from the server only, ends the call: a header block that always holds `grpc-status`, and
 *   `x-switchboard-ended-by` where that isn't the word of the called server. The socket is closed after it; a close code
 *   tells nothing about the call.
 */
export const websocketSubprotocol = "switchboard.v1";

/** The bytes of data payload that each side may send before it was given any credit: 256 KiB. */
export const initialCredit = 262_144;

/** The longest payload of a data frame that either side may send: 64 KiB. */
export const maxDataPayload = 65_536;

/** The longest frame of any kind, its first byte included: one with a header block. */
export const maxFrameLength = maxHeaderBlockBytes + 1;

const kindBytes = { headers: 1, data: 2, halfClose: 3, cancel: 4, credit: 5, trailers: 6 } as const;

/** One frame of the subprotocol. */
export type WebSocketFrame =
  | { readonly kind: "headers" | "data" | "cancel" | "trailers"; readonly payload: Uint8Array }
  | { readonly kind: "halfClose" }
  | { readonly kind: "credit"; readonly bytes: number };

/**
 * Encodes a frame to the payload of one binary WebSocket message. `credit.bytes` is a whole number from 1 to 2^32 - 1;
 * a payload is at most `maxHeaderBlockBytes` long in frames that hold a header block, and `maxDataPayload` in others,
 * which the caller has seen to.
 */
export function encodeWebSocketFrame(frame: WebSocketFrame): Uint8Array<ArrayBuffer> {
  switch (frame.kind) {
    case "halfClose":
      return Uint8Array.of(kindBytes.halfClose);
    case "credit": {
      const bytes = new Uint8Array(5);
      bytes[0] = kindBytes.credit;
      new DataView(bytes.buffer).setUint32(1, frame.bytes);
      return bytes;
    }
    case "headers":
    case "data":
    case "cancel":
    case "trailers": {
      const bytes = new Uint8Array(1 + frame.payload.byteLength);
      bytes[0] = kindBytes[frame.kind];
      bytes.set(frame.payload, 1);
      return bytes;
    }
  }
}

/**
 * Encodes a data frame whose payload is in pieces.
 *
 * @param length that of all pieces together, in bytes; at most `maxDataPayload`
 */
export function encodeDataFrame(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1 + length);
  bytes[0] = kindBytes.data;
  let at = 1;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

/**
 * Decodes the payload of one binary WebSocket message. Payloads are views of `bytes`, not copies.
 *
 * @throws ConnectError with `INTERNAL` for a frame that breaks the subprotocol; the message names the fault.
 */
export function decodeWebSocketFrame(bytes: Uint8Array): WebSocketFrame {
  const limit = hasHeaderBlock(bytes[0]) ? maxFrameLength : maxDataPayload + 1;
  if (bytes.byteLength > limit) {
    throw garbled(`a frame of ${bytes.byteLength} bytes, where ${limit} is the limit`);
  }
  const payload = bytes.subarray(1);
  switch (bytes[0]) {
    case undefined:
      throw garbled("an empty frame");
    case kindBytes.headers:
      return { kind: "headers", payload };
    case kindBytes.data:
      return { kind: "data", payload };
    case kindBytes.cancel:
      return { kind: "cancel", payload };
    case kindBytes.trailers:
      return { kind: "trailers", payload };
    case kindBytes.halfClose:
      if (payload.byteLength !== 0) {
        throw garbled(`a half-close with a payload of ${payload.byteLength} bytes`);
      }
      return { kind: "halfClose" };
    case kindBytes.credit:
      return { kind: "credit", bytes: decodeCredit(payload) };
    default:
      throw garbled(`a frame of the unknown kind ${bytes[0]}`);
  }
}

function hasHeaderBlock(kind: number | undefined): boolean {
  return kind === kindBytes.headers || kind === kindBytes.trailers;
}

function decodeCredit(payload: Uint8Array): number {
  if (payload.byteLength !== 4) {
    throw garbled(`a credit frame with a payload of ${payload.byteLength} bytes instead of 4`);
  }
  const bytes = new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0);
  if (bytes === 0) {
    throw garbled("a credit frame that gives 0 bytes");
  }
  return bytes;
}

function garbled(what: string): ConnectError {
  return new ConnectError(`the peer sent ${what}`, Code.Internal);
}
