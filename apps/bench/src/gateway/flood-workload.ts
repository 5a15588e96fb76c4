import { encodeEnvelope } from "@connectrpc/connect/protocol";

/** The bytes of each message of a flood, without its envelope's head. */
export const floodMessageBytes = 65_536;

const headBytes = 5;

/** A flood that is asked for. */
export interface FloodRequest {
  readonly path: string;
  /** The body of the request: one message, which is the count in decimal. */
  readonly body: Uint8Array;
  /** The bytes of the answer before its trailers. */
  readonly answerBytes: number;
}

/** Asks for a stream of so many messages. */
export function floodOf(count: number): FloodRequest {
  return {
    path: "/bench.Flood/Watch",
    body: encodeEnvelope(0, Buffer.from(String(count))),
    answerBytes: count * (floodMessageBytes + headBytes),
  };
}

/** Reads off a request's body how many messages are asked for. */
export function floodCountOf(body: Buffer): number {
  return Number(body.subarray(headBytes).toString());
}
