import { readVarint, varintBigint, varintNumber } from "./read-varint.ts";
import { type ByteSpan, type WireTag, wireTypes } from "./wire-node.ts";

/** One field as the wire has it, whatever a schema says. */
export interface WireRecord extends ByteSpan {
  readonly tag: WireTag;
  readonly isTagLong: boolean;
  readonly length: ByteSpan | undefined;
  readonly isLengthLong: boolean;
  readonly body: ByteSpan;
  /** A group's; undefined also where the group has none. */
  readonly endTag: ByteSpan | undefined;
  readonly isEndTagLong: boolean;
}

/** Why the bytes at a place are no field. */
export interface RecordFault {
  readonly fault:
    | "badTag"
    | "badFieldNumber"
    | "badWireType"
    | "truncated"
    | "overrun"
    | "longVarint"
    | "unmatchedEndGroup"
    | "tooDeep";
  /** What the words name: the number or the wire type that is wrong, or the length. */
  readonly detail?: string;
  /** The tag, where that much is right. */
  readonly tag?: WireTag;
}

/** The tag of a group's end, where a field was looked for. */
export interface GroupEnd extends WireTag {
  readonly isTagLong: boolean;
}

/** Reads fields without a schema. Groups that were read once are not read again. */
export interface RecordScanner {
  /** The tag at `from`, or why there is none. */
  tagAt(from: number, end: number): (WireTag & { readonly isTagLong: boolean }) | RecordFault;
  /**
   * The field at `from` that must end before `end`. `budget` is how many groups may be nested in one another, this one
   * included. A group without an end is a record up to `end`.
   */
  recordAt(from: number, end: number, budget: number): WireRecord | RecordFault;
}

/** The end of a group, or where the group stops being readable. */
interface GroupExtent {
  readonly endTag: GroupEnd | undefined;
}

/** What came of reading a group that was to end before `end`. */
interface KnownGroup {
  readonly end: number;
  readonly extent: GroupExtent;
}

/** Whether reading the group up to another end gives the same: its end tag lies before it, or it had none even further on. */
function holdsFor({ end: knownEnd, extent }: KnownGroup, end: number): boolean {
  return extent.endTag === undefined ? end <= knownEnd : extent.endTag.to <= end;
}

/** Creates what reads the fields of `bytes`. */
export function createRecordScanner(bytes: Uint8Array): RecordScanner {
  /** By the place where a group's body begins and the end that it must keep to. */
  const groups = new Map<number, KnownGroup>();

  function tagAt(from: number, end: number): GroupEnd | RecordFault {
    const varint = readVarint(bytes, from, end);
    if (typeof varint === "string") {
      return { fault: varint === "truncated" ? "truncated" : "badTag" };
    }
    const isTooWide = varint.high !== 0 || varint.to - from > 5;
    if (isTooWide) {
      return varint.to - from > 5
        ? { fault: "badTag" }
        : { fault: "badFieldNumber", detail: String(varintBigint(varint) >> 3n) };
    }
    const number = varint.low >>> 3;
    const wireType = varint.low & 7;
    if (number === 0) {
      return { fault: "badFieldNumber", detail: "0" };
    }
    if (wireType > wireTypes.fixed32) {
      return { fault: "badWireType", detail: String(wireType) };
    }
    return { from, to: varint.to, number, wireType, isTagLong: varint.isLong };
  }

  function groupAt(from: number, end: number, number: number, budget: number): GroupExtent {
    const known = groups.get(from);
    if (known !== undefined && holdsFor(known, end)) {
      return known.extent;
    }
    const extent = scanGroup(from, end, number, budget);
    groups.set(from, { end, extent });
    return extent;
  }

  function scanGroup(from: number, end: number, number: number, budget: number): GroupExtent {
    for (let at = from; ; ) {
      const tag = tagAt(at, end);
      if ("fault" in tag) {
        return { endTag: undefined };
      }
      if (tag.wireType === wireTypes.endGroup) {
        return { endTag: tag.number === number ? tag : undefined };
      }
      const record = recordAt(at, end, budget);
      if ("fault" in record || (record.tag.wireType === wireTypes.startGroup && record.endTag === undefined)) {
        return { endTag: undefined };
      }
      at = record.to;
    }
  }

  function recordAt(from: number, end: number, budget: number): WireRecord | RecordFault {
    const tag = tagAt(from, end);
    if ("fault" in tag) {
      return tag;
    }
    const { isTagLong, ...rest } = tag;
    const plain = { from, tag: rest, isTagLong, isLengthLong: false, isEndTagLong: false };
    const start = tag.to;
    const until = (to: number) => ({ ...plain, to, length: undefined, body: { from: start, to }, endTag: undefined });
    switch (tag.wireType) {
      case wireTypes.varint: {
        const varint = readVarint(bytes, start, end);
        return typeof varint === "string" ? { fault: varint, tag: rest } : until(varint.to);
      }
      case wireTypes.fixed64:
        return start + 8 > end ? { fault: "truncated", tag: rest } : until(start + 8);
      case wireTypes.fixed32:
        return start + 4 > end ? { fault: "truncated", tag: rest } : until(start + 4);
      case wireTypes.lengthDelimited: {
        const varint = readVarint(bytes, start, end);
        if (typeof varint === "string") {
          return { fault: varint, tag: rest };
        }
        const to = varint.to + varintNumber(varint);
        if (to > end) {
          return { fault: "overrun", detail: String(varintBigint(varint)), tag: rest };
        }
        const length = { from: start, to: varint.to };
        const body = { from: varint.to, to };
        return { ...plain, to, length, isLengthLong: varint.isLong, body, endTag: undefined };
      }
      case wireTypes.endGroup:
        return { fault: "unmatchedEndGroup", detail: String(tag.number), tag: rest };
      default: {
        if (budget <= 0) {
          return { fault: "tooDeep", tag: rest };
        }
        const { endTag } = groupAt(start, end, tag.number, budget - 1);
        if (endTag === undefined) {
          return until(end);
        }
        return {
          ...plain,
          to: endTag.to,
          length: undefined,
          body: { from: start, to: endTag.from },
          endTag: { from: endTag.from, to: endTag.to },
          isEndTagLong: endTag.isTagLong,
        };
      }
    }
  }

  return { tagAt, recordAt };
}
