import { createFieldDecoder, encodeFields, type Field } from "./hpack.ts";

/** The frame types of RFC 9113, section 6. */
export const frameTypes = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** The flags of RFC 9113; `ack` is of SETTINGS and PING, the others of HEADERS, DATA and CONTINUATION. */
export const flags = { none: 0, ack: 1, endStream: 1, endHeaders: 4 } as const;

/** The error codes of RFC 9113, section 7. */
export const errorCodes = {
  noError: 0,
  protocolError: 1,
  internalError: 2,
  flowControlError: 3,
  streamClosed: 5,
  refusedStream: 7,
  cancel: 8,
  enhanceYourCalm: 11,
} as const;

/** The settings of RFC 9113, section 6.5.2. */
export const settingIds = { initialWindowSize: 4 } as const;

/** What a client sends first. */
export const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

const headLength = 9;

/** Writes a frame (RFC 9113, section 4.1). Nothing is checked, so that a test can write what no client would. */
export function frame(type: number, flag: number, stream: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(headLength);
  head.writeUIntBE(payload.byteLength, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flag, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Writes a HEADERS frame with all of these fields. */
export function headersFrame(stream: number, fields: readonly Field[], flag: number = flags.endHeaders): Buffer {
  return frame(frameTypes.headers, flag, stream, encodeFields(fields));
}

/** Writes a DATA frame; text is written as latin1. */
export function dataFrame(stream: number, data: Uint8Array | string, flag: number = flags.none): Buffer {
  return frame(frameTypes.data, flag, stream, typeof data === "string" ? Buffer.from(data, "latin1") : data);
}

/** Writes an RST_STREAM frame. */
export function resetFrame(stream: number, code: number): Buffer {
  return frame(frameTypes.reset, flags.none, stream, uint32(code));
}

/** Writes a SETTINGS frame with pairs of an identifier and a value. */
export function settingsFrame(settings: readonly (readonly [id: number, value: number])[] = []): Buffer {
  const payload = Buffer.concat(settings.map(([id, value]) => Buffer.concat([Buffer.of(0, id), uint32(value)])));
  return frame(frameTypes.settings, flags.none, 0, payload);
}

/** Writes a PING frame, with eight zero bytes. */
export function pingFrame(): Buffer {
  return frame(frameTypes.ping, flags.none, 0, new Uint8Array(8));
}

/** Writes a WINDOW_UPDATE frame; stream 0 is the connection. */
export function windowUpdateFrame(stream: number, increment: number): Buffer {
  return frame(frameTypes.windowUpdate, flags.none, stream, uint32(increment));
}

/** Writes a GOAWAY frame. */
export function goawayFrame(lastStream: number, code: number): Buffer {
  return frame(frameTypes.goaway, flags.none, 0, Buffer.concat([uint32(lastStream), uint32(code)]));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A frame that was received. */
export interface Http2Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
  /** The fields of a header block that is complete with this frame; undefined for every other frame. */
  readonly fields: ReadonlyMap<string, string> | undefined;
}

/** The error code of an RST_STREAM or GOAWAY frame; undefined for every other frame. */
export function errorCodeOf({ type, payload }: Http2Frame): number | undefined {
  switch (type) {
    case frameTypes.reset:
      return payload.readUInt32BE(0);
    case frameTypes.goaway:
      return payload.readUInt32BE(4);
    default:
      return undefined;
  }
}

/** Tells a frame in a few words for a person, as `HEADERS END_STREAM` or `RST_STREAM 8`. */
export function describeFrame(received: Http2Frame): string {
  const { type, flags: set } = received;
  const mayEnd = type === frameTypes.data || type === frameTypes.headers;
  const code = errorCodeOf(received);
  return [
    frameNames.get(type) ?? `type ${type}`,
    ...(mayEnd && (set & flags.endStream) !== 0 ? ["END_STREAM"] : []),
    ...(code === undefined ? [] : [code]),
  ].join(" ");
}

const frameNames: ReadonlyMap<number, string> = new Map([
  [frameTypes.data, "DATA"],
  [frameTypes.headers, "HEADERS"],
  [frameTypes.priority, "PRIORITY"],
  [frameTypes.reset, "RST_STREAM"],
  [frameTypes.settings, "SETTINGS"],
  [frameTypes.ping, "PING"],
  [frameTypes.goaway, "GOAWAY"],
  [frameTypes.windowUpdate, "WINDOW_UPDATE"],
  [frameTypes.continuation, "CONTINUATION"],
]);

/** Creates a parser of what a server sends: it takes pieces of any length and gives the frames they complete. */
export function createFrameParser(): (piece: Uint8Array) => Http2Frame[] {
  const decode = createFieldDecoder();
  let rest: Buffer = Buffer.alloc(0);
  let block: Buffer = Buffer.alloc(0);
  const fieldsOf = (type: number, flag: number, payload: Buffer) => {
    if (type !== frameTypes.headers && type !== frameTypes.continuation) {
      return undefined;
    }
    block = Buffer.concat([block, payload]);
    if ((flag & flags.endHeaders) === 0) {
      return undefined;
    }
    const fields = new Map(decode(block));
    block = Buffer.alloc(0);
    return fields;
  };
  return (piece) => {
    rest = rest.byteLength === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    const frames: Http2Frame[] = [];
    for (;;) {
      const end = rest.byteLength < headLength ? Number.POSITIVE_INFINITY : headLength + rest.readUIntBE(0, 3);
      if (rest.byteLength < end) {
        return frames;
      }
      const type = rest.readUInt8(3);
      const flag = rest.readUInt8(4);
      const payload = rest.subarray(headLength, end);
      frames.push({
        type,
        flags: flag,
        stream: rest.readUInt32BE(5) & 0x7fff_ffff,
        payload,
        fields: fieldsOf(type, flag, payload),
      });
      rest = rest.subarray(end);
    }
  };
}
