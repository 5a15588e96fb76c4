import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import {
  TestClientRecvStreamRequestSchema,
  TestClientRecvStreamResponseSchema,
} from "@switchboard/proto/gen/demo_pb.js";

/** The text of each message of a flood: with it, a message is 64 KiB long. */
export const floodText = "x".repeat(65_532);

/** Each message of a flood in its envelope. */
export const floodEnvelope: Uint8Array = encodeEnvelope(
  0,
  toBinary(TestClientRecvStreamResponseSchema, create(TestClientRecvStreamResponseSchema, { result: floodText })),
);

const headBytes = 5;

/** A flood that is asked for. */
export interface FloodRequest {
  readonly path: string;
  /** The body of the request. */
  readonly body: Uint8Array;
  /** The bytes of the answer before its trailers. */
  readonly answerBytes: number;
}

/** Asks for a stream of so many messages. */
export function floodOf(count: number): FloodRequest {
  const request = create(TestClientRecvStreamRequestSchema, { data: String(count) });
  return {
    path: "/test.demo/TestClientRecvStream",
    body: encodeEnvelope(0, toBinary(TestClientRecvStreamRequestSchema, request)),
    answerBytes: count * floodEnvelope.byteLength,
  };
}

/** Reads off a request's body how many messages are asked for. */
export function floodCountOf(body: Buffer): number {
  return Number(fromBinary(TestClientRecvStreamRequestSchema, body.subarray(headBytes)).data);
}
