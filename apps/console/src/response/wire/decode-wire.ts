import { type DescExtension, type DescField, type DescMessage, type Registry, ScalarType } from "@bufbuild/protobuf";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { decodeItem, packedItems } from "./decode-item.ts";
import { decodeScalar, type ScalarOptions } from "./decode-scalar.ts";
import { createFieldHistory } from "./field-history.ts";
import { guessValue } from "./guess-value.ts";
import { once } from "./once.ts";
import { createRecordScanner, type RecordFault, type RecordScanner, type WireRecord } from "./scan-record.ts";
import { canBePacked, entryPartType, ownWireType, type ValueType, valueTypeOf } from "./value-type.ts";
import { type ByteSpan, type WireNode, type WireNote, type WireValue, wireTypes } from "./wire-node.ts";

/** How a message is decoded. */
export interface DecodeOptions {
  /** Where extensions and the types of an `Any` are looked up. */
  readonly registry?: Registry;
  /** The most parts of one message, list or group that are listed; the rest is one unread part. Default 200,000. */
  readonly mostChildren?: number;
}

/** Messages and groups may be nested so deep, the outermost included: as protobuf-es, C++ and Java have it. */
export const mostNested = 100;

/**
 * The parts of a serialized message, read as a type says, or by their form where there is none. Never throws. Takes time in
 * proportion to the bytes that are looked at: a part's children are read when they are asked for.
 *
 * What is read is what https://protobuf.dev/programming-guides/encoding says. protobuf-es, which decodes the page's messages,
 * differs where bytes are wrong: it takes a known field of the wrong wire type for one of the right type; lets a part
 * within a message, a map's entry or a packed list run over that one's end; drops all but 32 bits of a length; takes
 * an unknown varint of any length; and forgets an unknown value of a closed enum where other unknown fields follow.
 */
export function decodeWire(
  bytes: Uint8Array,
  desc: DescMessage | undefined,
  { registry, mostChildren = 200_000 }: DecodeOptions = {},
): WireNode {
  const context: Context = { bytes, registry, mostChildren, scanner: createRecordScanner(bytes) };
  const body = { from: 0, to: bytes.byteLength };
  const scope: Scope = { desc, map: undefined, nested: 1, depth: 0, group: undefined, isStrict: true };
  return {
    kind: "root",
    ...body,
    tag: undefined,
    length: undefined,
    body,
    endTag: undefined,
    field: undefined,
    entryPart: undefined,
    value: { kind: "message", desc },
    depth: 0,
    notes: [],
    children: once(() => readFields(context, body, scope)),
  };
}

interface Context {
  readonly bytes: Uint8Array;
  readonly scanner: RecordScanner;
  readonly registry: Registry | undefined;
  readonly mostChildren: number;
}

/** What the fields of a body belong to. */
interface Scope {
  readonly desc: DescMessage | undefined;
  /** The map whose entry the body is. */
  readonly map: (DescField & { readonly fieldKind: "map" }) | undefined;
  /** How deep the message is nested; the outermost at 1. */
  readonly nested: number;
  /** The depth of the node that has the body. */
  readonly depth: number;
  /** The number of the group that the body is. */
  readonly group: number | undefined;
  /** Whether a parser of the whole message reads these fields too: it does not those of an extension or an `Any`. */
  readonly isStrict: boolean;
}

/** A node that may still be given notes. */
type OpenNode = WireNode & { readonly notes: WireNote[] };

function readFields(context: Context, { from, to }: ByteSpan, scope: Scope): readonly WireNode[] {
  const { scanner, mostChildren } = context;
  const nodes: OpenNode[] = [];
  const history = createFieldHistory(scope.desc ?? scope.map);
  for (let at = from; at < to; ) {
    if (nodes.length === mostChildren) {
      nodes.push(unread({ from: at, to }, scope.depth + 1, { kind: "unlisted", weight: "remark" }));
      break;
    }
    const record = scanner.recordAt(at, to, mostNested - scope.nested);
    if ("fault" in record) {
      nodes.push(unread({ from: at, to }, scope.depth + 1, ...faultNotes(context, record, scope)));
      break;
    }
    const node = readField(context, record, scope);
    history.add(node);
    nodes.push(node);
    at = record.to;
  }
  return scope.desc?.typeName === "google.protobuf.Any" ? withPacked(nodes, context, scope) : nodes;
}

function faultNotes(context: Context, { fault, detail, tag }: RecordFault, scope: Scope): WireNote[] {
  const kind = fault === "unmatchedEndGroup" && scope.group !== undefined ? "wrongEndGroup" : fault;
  const weight = scope.isStrict ? "refused" : "doubtful";
  const named = tag && nameOf(context, tag.number, scope);
  const isMisplaced = named?.type !== undefined && !matches(named, tag?.wireType ?? 0);
  return [{ kind, weight, ...(detail === undefined ? {} : { detail }) }, ...(isMisplaced ? [wrongType(named)] : [])];
}

function unread(span: ByteSpan, depth: number, ...notes: WireNote[]): OpenNode {
  return {
    kind: "unread",
    from: span.from,
    to: span.to,
    tag: undefined,
    length: undefined,
    body: span,
    endTag: undefined,
    field: undefined,
    entryPart: undefined,
    value: { kind: "unread" },
    depth,
    notes,
    children: undefined,
  };
}

function readField(context: Context, record: WireRecord, scope: Scope): OpenNode {
  const { tag, length, body, endTag } = record;
  const depth = scope.depth + 1;
  const named = nameOf(context, tag.number, scope);
  const notes = formNotes(record, scope);
  const fits = named.type !== undefined && matches(named, tag.wireType);
  if (named.type !== undefined && !fits) {
    notes.push(wrongType(named));
  } else if (named.type === undefined && scope.desc !== undefined) {
    notes.push(unknownNote(tag.number, scope.desc));
  } else if (named.type === undefined && scope.map !== undefined) {
    notes.push({ kind: "entryExtra", weight: "doubtful", detail: String(tag.number) });
  }
  const read =
    named.type !== undefined && fits
      ? readKnown(context, record, { ...scope, isStrict: scope.isStrict && named.field?.kind !== "extension" }, named)
      : readUnknown(context, record, scope);
  notes.push(...read.notes);
  return {
    kind: "field",
    from: record.from,
    to: record.to,
    tag,
    length,
    body,
    endTag,
    field: named.field,
    entryPart: named.part,
    value: read.value,
    depth,
    notes,
    children: read.children,
  };
}

interface Named {
  readonly field: DescField | DescExtension | undefined;
  readonly part: "key" | "value" | undefined;
  readonly type: ValueType | undefined;
}

const nothing: Named = { field: undefined, part: undefined, type: undefined };
const fieldsByNumber = new WeakMap<DescMessage, ReadonlyMap<number, DescField>>();

function nameOf({ registry }: Context, number: number, { desc, map }: Scope): Named {
  if (map !== undefined) {
    const part = number === 1 ? "key" : number === 2 ? "value" : undefined;
    return part === undefined ? nothing : { field: undefined, part, type: entryPartType(map, part) };
  }
  if (desc === undefined) {
    return nothing;
  }
  let fields = fieldsByNumber.get(desc);
  if (fields === undefined) {
    fields = new Map(desc.fields.map((field) => [field.number, field]));
    fieldsByNumber.set(desc, fields);
  }
  const field = fields.get(number) ?? registry?.getExtensionFor(desc, number);
  return field === undefined ? nothing : { field, part: undefined, type: valueTypeOf(field) };
}

function wrongType({ type }: Named): WireNote {
  return { kind: "wrongWireType", weight: "doubtful", ...(type && { detail: String(ownWireType(type)) }) };
}

/** Whether a value of the wire type can be the field's. */
function matches({ field, type }: Named, wireType: number): boolean {
  if (type === undefined) {
    return false;
  }
  return wireType === ownWireType(type) || isPackedForm(field, type, wireType);
}

function isPackedForm(field: Named["field"], type: ValueType, wireType: number): boolean {
  return field?.fieldKind === "list" && wireType === wireTypes.lengthDelimited && canBePacked(type);
}

function formNotes(record: WireRecord, { isStrict }: Scope): WireNote[] {
  const notes: WireNote[] = [];
  if (record.isTagLong || record.isEndTagLong) {
    notes.push({ kind: "longTag", weight: "remark" });
  }
  if (record.isLengthLong) {
    notes.push({ kind: "longLength", weight: "remark" });
  }
  if (record.tag.wireType === wireTypes.startGroup && record.endTag === undefined) {
    notes.push({ kind: "openGroup", weight: isStrict ? "refused" : "doubtful" });
  }
  return notes;
}

function unknownNote(number: number, desc: DescMessage): WireNote {
  const isReserved = desc.proto.reservedRange.some(({ start, end }) => number >= start && number < end);
  // protobuf-es holds these as plain values of JavaScript, which have no place for unknown fields.
  const isLost = isWrapperDesc(desc) || jsonTypes.has(desc.typeName);
  const kind = isReserved ? "reservedNumber" : isLost ? "unknownLost" : "unknownField";
  return { kind, weight: "doubtful", detail: String(number) };
}

const jsonTypes: ReadonlySet<string> = new Set([
  "google.protobuf.Struct",
  "google.protobuf.Value",
  "google.protobuf.ListValue",
]);

interface ReadValue {
  readonly value: WireValue;
  readonly notes: readonly WireNote[];
  readonly children: (() => readonly WireNode[]) | undefined;
}

function readKnown(context: Context, { tag, body }: WireRecord, scope: Scope, { field, type }: Named): ReadValue {
  const { bytes, mostChildren } = context;
  const depth = scope.depth + 1;
  if (type === undefined) {
    return { value: { kind: "unread" }, notes: [], children: undefined };
  }
  if (type.kind === "entry") {
    const entry: Scope = { ...scope, desc: undefined, map: type.map, depth, group: undefined };
    return { value: { kind: "entry" }, notes: [], children: once(() => readFields(context, body, entry)) };
  }
  if (type.kind === "message") {
    return readMessage(context, body, { ...scope, desc: type.desc, group: type.isDelimited ? tag.number : undefined });
  }
  if (field?.fieldKind === "list" && canBePacked(type)) {
    const isPacked = tag.wireType === wireTypes.lengthDelimited;
    const notes: WireNote[] =
      isPacked === field.packed ? [] : [{ kind: isPacked ? "packed" : "unpacked", weight: "remark" }];
    if (isPacked) {
      const children = once(() => packedItems({ bytes, body, type, depth: depth + 1, mostChildren, scope }));
      if (body.from === body.to) {
        notes.push({ kind: "emptyPacked", weight: "remark" });
      }
      return { value: { kind: "packed" }, notes, children };
    }
    const item = decodeItem(bytes, body, type, scope);
    return { value: item.value, notes: [...notes, ...item.notes], children: undefined };
  }
  return { ...decodeItem(bytes, body, type, scope), children: undefined };
}

/** A message or a group; `scope` is that of the message around it, but for the type and the group. */
function readMessage(context: Context, body: ByteSpan, scope: Scope): ReadValue {
  const value: WireValue = { kind: "message", desc: scope.desc };
  if (scope.nested >= mostNested) {
    const weight = scope.isStrict ? "refused" : "doubtful";
    return { value, notes: [{ kind: "tooDeep", weight, detail: String(mostNested) }], children: undefined };
  }
  const inner: Scope = { ...scope, map: undefined, nested: scope.nested + 1, depth: scope.depth + 1 };
  return { value, notes: [], children: once(() => readFields(context, body, inner)) };
}

function readUnknown(context: Context, { tag, body }: WireRecord, scope: Scope): ReadValue {
  const inner: Scope = { ...scope, desc: undefined, isStrict: false };
  switch (tag.wireType) {
    case wireTypes.startGroup:
      return readMessage(context, body, { ...inner, group: tag.number });
    case wireTypes.lengthDelimited:
      return readGuessed(context, body, inner);
    default:
      return { ...decodeScalar(context.bytes, body, unsignedOf(tag.wireType)), children: undefined };
  }
}

function readGuessed(context: Context, body: ByteSpan, scope: Scope): ReadValue {
  const { bytes, scanner } = context;
  const guess = guessValue(bytes, body, scanner, mostNested - scope.nested);
  const notes: WireNote[] = [{ kind: "guessed", weight: "remark" }];
  switch (guess.kind) {
    case "message":
      return { ...readMessage(context, body, { ...scope, group: undefined }), notes };
    case "string":
      return { value: guess, notes, children: undefined };
    case "bytes":
      return { value: { kind: "bytes", value: bytes.subarray(body.from, body.to) }, notes, children: undefined };
  }
}

/** A number of which only the wire type is known is shown without a sign. */
function unsignedOf(wireType: number): ScalarOptions {
  const types: Readonly<Record<number, ScalarType>> = {
    [wireTypes.fixed32]: ScalarType.FIXED32,
    [wireTypes.fixed64]: ScalarType.FIXED64,
  };
  return { type: types[wireType] ?? ScalarType.UINT64, isUtf8Validated: false };
}

/** Puts the message that an `Any` holds in the place of its bytes, where its type is known. */
function withPacked(nodes: readonly OpenNode[], context: Context, scope: Scope): readonly WireNode[] {
  let url = "";
  for (const { field, value } of nodes) {
    if (field?.number === 1 && value.kind === "string") {
      url = value.value;
    }
  }
  const desc = context.registry?.getMessage(url.slice(url.lastIndexOf("/") + 1));
  if (desc === undefined) {
    return nodes;
  }
  return nodes.map((node) => {
    const isValue = node.field?.number === 2 && node.value.kind === "bytes";
    return isValue
      ? {
          ...node,
          ...readMessage(context, node.body, { ...scope, desc, group: undefined, isStrict: false }),
          notes: node.notes,
        }
      : node;
  });
}
