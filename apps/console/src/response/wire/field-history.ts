import type { DescExtension, DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import type { WireNode, WireNote } from "./wire-node.ts";
import { wireTypes } from "./wire-node.ts";

/** Adds to the fields of one message or map entry what is unusual about their order and number. */
export interface FieldHistory {
  /** Takes the next field; notes are added to it or to one before it. */
  add(node: NotedNode): void;
}

type NotedNode = WireNode & { readonly notes: WireNote[] };

/** `FeatureSet.FieldPresence.IMPLICIT` of descriptor.proto. */
const implicitPresence = 2;

/** Begins the history of a message of a type, or of an entry of a map; of neither, nothing is noted. */
export function createFieldHistory(owner: DescMessage | DescField | undefined): FieldHistory {
  if (owner === undefined) {
    return { add() {} };
  }
  /** The newest field of each number that holds one value. */
  const singular = new Map<number, NotedNode>();
  const oneofs = new Map<DescOneof, number>();
  const packed = new Set<number>();
  const maps = new Map<number, KeyOrder>();
  let highest = 0;
  let isAfterUnknown = false;

  function addOneof(oneof: DescOneof, node: NotedNode, number: number): void {
    const before = oneofs.get(oneof);
    if (before !== undefined && before !== number) {
      singular.get(before)?.notes.push({ kind: "oneofAgain", weight: "doubtful", detail: node.field?.name ?? "" });
      singular.delete(before);
    }
    oneofs.set(oneof, number);
  }

  function addSingular(node: NotedNode, number: number): void {
    const before = singular.get(number);
    if (before !== undefined) {
      if (node.value.kind === "message") {
        node.notes.push({ kind: "merged", weight: "doubtful" });
      } else {
        before.notes.push({ kind: "overridden", weight: "doubtful" });
      }
    }
    singular.set(number, node);
  }

  function addEntry(node: NotedNode, number: number): void {
    const parts = node.children?.() ?? [];
    const key = parts.findLast(({ entryPart, value }) => entryPart === "key" && isRead(value.kind));
    const hasValue = parts.some(({ entryPart }) => entryPart === "value");
    if (key === undefined) {
      node.notes.push({ kind: "entryWithoutKey", weight: "remark" });
    }
    if (!hasValue) {
      node.notes.push({ kind: "entryWithoutValue", weight: "remark" });
    }
    const order = maps.get(number) ?? createKeyOrder();
    maps.set(number, order);
    const note = order.add(keyText(key, node.field));
    if (note !== undefined) {
      node.notes.push(note);
    }
  }

  return {
    add(node) {
      const { field, entryPart, tag } = node;
      const number = tag?.number ?? 0;
      const isUnknown = (field === undefined || field.kind === "extension") && entryPart === undefined;
      const isMisread = node.notes.some(({ kind }) => kind === "wrongWireType");
      if (!isUnknown || field !== undefined) {
        addRepeats(node, number, isMisread);
      }
      if (isUnknown || isMisread) {
        isAfterUnknown = true;
        return;
      }
      if (number < highest) {
        node.notes.push({ kind: "outOfOrder", weight: "remark", detail: String(highest) });
      } else if (isAfterUnknown) {
        node.notes.push({ kind: "afterUnknown", weight: "remark" });
      }
      isAfterUnknown = false;
      highest = Math.max(highest, number);
    },
  };

  function addRepeats(node: NotedNode, number: number, isMisread: boolean): void {
    const { field, value } = node;
    if (isMisread) {
      return;
    }
    if (field?.fieldKind === "map") {
      addEntry(node, number);
    } else if (field?.fieldKind === "list") {
      if (node.tag?.wireType === wireTypes.lengthDelimited && value.kind === "packed") {
        if (packed.has(number)) {
          node.notes.push({ kind: "split", weight: "remark" });
        }
        packed.add(number);
      }
    } else {
      if (field?.kind === "field" && field.oneof !== undefined) {
        addOneof(field.oneof, node, number);
      }
      addSingular(node, number);
      if (field !== undefined && isDefault(field, node)) {
        node.notes.push({ kind: "defaultWritten", weight: "remark" });
      }
    }
  }
}

function isRead(kind: WireNode["value"]["kind"]): boolean {
  return kind !== "unread" && kind !== "message" && kind !== "packed";
}

function isDefault(field: DescField | DescExtension, { value }: WireNode): boolean {
  if (field.kind === "extension" || field.oneof !== undefined || field.presence !== implicitPresence) {
    return false;
  }
  switch (value.kind) {
    case "number":
      // The sign of -0 is worth its bytes.
      return typeof value.value === "bigint" ? value.value === 0n : Object.is(value.value, 0);
    case "bool":
      return !value.value;
    case "enum":
      return value.value === value.desc.values[0]?.number;
    case "string":
      return value.value === "";
    case "bytes":
      return value.value.byteLength === 0;
    default:
      return false;
  }
}

/** The key as a property's name, which is how protobuf-es holds it. */
function keyText(key: WireNode | undefined, map: WireNode["field"]): string {
  const { value } = key ?? {};
  switch (value?.kind) {
    case "string":
      return value.value;
    case "number":
      return String(value.value);
    case "bool":
      return String(value.value);
    default:
      return zeroKey(map);
  }
}

/** The scalar types of descriptor.proto that a key can have and whose zero is no number. */
const boolType = 8;
const stringType = 9;

function zeroKey(map: WireNode["field"]): string {
  const type = map?.fieldKind === "map" ? map.mapKey : undefined;
  return type === stringType ? "" : type === boolType ? "false" : "0";
}

/** Follows the keys of one map's entries. */
interface KeyOrder {
  add(key: string): WireNote | undefined;
}

/** The largest key that JavaScript holds for an array's index, and puts before all others in ascending order. */
const mostIndex = 2 ** 32 - 2;

function createKeyOrder(): KeyOrder {
  const seen = new Set<string>();
  let highestIndex = -1;
  let isPastIndexes = false;
  return {
    add(key) {
      if (seen.has(key)) {
        return { kind: "duplicateKey", weight: "doubtful", detail: key };
      }
      seen.add(key);
      const isIndex = /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) <= mostIndex;
      if (!isIndex) {
        isPastIndexes = true;
        return undefined;
      }
      const isMoved = isPastIndexes || Number(key) < highestIndex;
      highestIndex = Math.max(highestIndex, Number(key));
      return isMoved ? { kind: "mapOrder", weight: "remark" } : undefined;
    },
  };
}
