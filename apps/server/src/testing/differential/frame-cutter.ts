import { cutBody } from "./wire-request.ts";

/** How the body of one HTTP/2 stream is cut to DATA frames. */
export interface FramePlan {
  /** Offsets in the body, in bytes, rising. */
  readonly cuts: readonly number[];
  /** Whether END_STREAM comes on an empty frame of its own. */
  readonly emptyEnd: boolean;
}

/** Rewrites the DATA frames that a client sends. */
export interface FrameCutter {
  /** Sets how the body of a stream is cut, before its first byte is sent. */
  plan(streamId: number, plan: FramePlan): void;
  /** Takes bytes of the client's and gives those to send instead. Part of a frame is kept until its rest comes. */
  push(bytes: Buffer): Buffer;
}

const prefaceLength = 24;
const frameHeaderLength = 9;
const dataFrame = 0;
const endStreamFlag = 1;

interface StreamState {
  readonly plan: FramePlan;
  offset: number;
  /** The last piece, which may yet turn out to carry END_STREAM. */
  held: Uint8Array | undefined;
}

/** Creates a cutter for the bytes of one connection, which begin with the preface. Frames must not be padded. */
export function createFrameCutter(): FrameCutter {
  const streams = new Map<number, StreamState>();
  let rest: Buffer = Buffer.alloc(0);
  let prefaceLeft = prefaceLength;
  return {
    plan: (streamId, plan) => void streams.set(streamId, { plan, offset: 0, held: undefined }),
    push(bytes) {
      const out: Uint8Array[] = [];
      rest = Buffer.concat([rest, bytes]);
      const preface = rest.subarray(0, prefaceLeft);
      out.push(preface);
      prefaceLeft -= preface.byteLength;
      rest = rest.subarray(preface.byteLength);
      while (rest.byteLength >= frameHeaderLength) {
        const length = frameHeaderLength + rest.readUIntBE(0, 3);
        if (rest.byteLength < length) {
          break;
        }
        out.push(...rewriteFrame(rest.subarray(0, length), streams));
        rest = rest.subarray(length);
      }
      return Buffer.concat(out);
    },
  };
}

function rewriteFrame(frame: Buffer, streams: Map<number, StreamState>): Uint8Array[] {
  const streamId = frame.readUInt32BE(5);
  const state = streams.get(streamId);
  if (frame[3] !== dataFrame || state === undefined) {
    return [frame];
  }
  const ends = ((frame[4] ?? 0) & endStreamFlag) !== 0;
  const payload = frame.subarray(frameHeaderLength);
  const pieces = state.held === undefined ? [] : [state.held];
  if (payload.byteLength > 0) {
    pieces.push(
      ...cutBody(
        payload,
        state.plan.cuts.map((cut) => cut - state.offset),
      ),
    );
    state.offset += payload.byteLength;
  }
  state.held = ends ? undefined : pieces.pop();
  if (!ends) {
    return pieces.map((piece) => dataFrameOf(streamId, piece, false));
  }
  streams.delete(streamId);
  const last = state.plan.emptyEnd ? undefined : pieces.pop();
  return [
    ...pieces.map((piece) => dataFrameOf(streamId, piece, false)),
    dataFrameOf(streamId, last ?? new Uint8Array(0), true),
  ];
}

function dataFrameOf(streamId: number, payload: Uint8Array, ends: boolean): Buffer {
  const header = Buffer.alloc(frameHeaderLength);
  header.writeUIntBE(payload.byteLength, 0, 3);
  header[3] = dataFrame;
  header[4] = ends ? endStreamFlag : 0;
  header.writeUInt32BE(streamId, 5);
  return Buffer.concat([header, payload]);
}
