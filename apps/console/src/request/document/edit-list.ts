import { findNode } from "./find-node.ts";
import type { JsonDocument, NodePath, TextEdit } from "./json-document.ts";
import type { JsonTree, TreeMember } from "./json-tree.ts";
import { indentLines, indentUnit, isBlank, isCompact, lineIndent, onOneLine, trimmedEnd } from "./text-layout.ts";

/** The members of an object, the items of an array or the values of a document, as places in the text. */
export interface EditedList {
  readonly text: string;
  readonly kind: "object" | "array" | "document";
  /** The span between the brackets; the whole text of a document. */
  readonly from: number;
  readonly to: number;
  readonly slots: readonly Slot[];
  /** The list that it stands in, or undefined for a document's values. */
  readonly parent: EditedList | undefined;
}

/** One member, item or value. */
export interface Slot {
  readonly from: number;
  readonly to: number;
  /** What must stand behind it before anything else can: closing brackets, or the line's end after an open string. */
  readonly closing: string;
  /** Whether it is a name with neither colon nor value. */
  readonly isBare: boolean;
}

/** The values of a document. */
export function documentList(document: JsonDocument): EditedList {
  const { text, values } = document;
  const slots = values.map(({ at, tree }) => slotOf(text, at, tree));
  return { text, kind: "document", from: 0, to: text.length, slots, parent: undefined };
}

/** The members or items of the container at `path`; undefined where there is none. */
export function containerList(document: JsonDocument, path: NodePath): EditedList | undefined {
  const found = findNode(document, path);
  if (found === undefined || (found.tree.kind !== "object" && found.tree.kind !== "array")) {
    return undefined;
  }
  const { tree, from } = found;
  const { text } = document;
  const parent = path.length > 1 ? containerList(document, path.slice(0, -1)) : undefined;
  const slots =
    tree.kind === "object"
      ? tree.members.map((member) => memberSlot(text, from, member))
      : tree.items.map((item) => slotOf(text, from + item.at, item.tree));
  const to = from + tree.length - (isOpen(tree) ? 0 : 1);
  return { text, kind: tree.kind, from: from + 1, to, slots, parent };
}

/** Whether a container has no closing bracket. */
function isOpen(tree: JsonTree): boolean {
  return tree.faults[0]?.from === 0;
}

function slotOf(text: string, from: number, tree: JsonTree): Slot {
  const closing = closingOf(text, from, tree);
  const end = from + tree.length;
  // White space at the end of an open string is its own.
  const to = closing.startsWith("\n") ? end : trimmedEnd(text, from, end);
  return { from, to, closing, isBare: false };
}

function memberSlot(text: string, start: number, { key, value }: TreeMember): Slot {
  const from = start + key.at;
  if (value.tree.kind !== "missing" || value.tree.length > 0) {
    return { ...slotOf(text, start + value.at, value.tree), from };
  }
  const keyTo = from + key.tree.length;
  const colon = value.at === key.at + key.tree.length ? -1 : text.indexOf(":", keyTo);
  return colon === -1
    ? { from, to: keyTo, closing: closingOf(text, from, key.tree), isBare: true }
    : { from, to: colon + 1, closing: "", isBare: false };
}

function closingOf(text: string, from: number, tree: JsonTree): string {
  if (!tree.hasFaults) {
    return "";
  }
  if (tree.kind === "string") {
    return isClosedString(text.slice(from, from + tree.length)) ? "" : "\n";
  }
  if ((tree.kind !== "object" && tree.kind !== "array") || !isOpen(tree)) {
    return "";
  }
  if (tree.kind === "array") {
    const last = tree.items.at(-1);
    return `${last === undefined ? "" : closingOf(text, from + last.at, last.tree)}]`;
  }
  const last = tree.members.at(-1);
  return `${last === undefined ? "" : memberSlot(text, from, last).closing}}`;
}

function isClosedString(source: string): boolean {
  return source.startsWith('"') && /[^\\](?:\\\\)*"$/.test(source);
}

/** Adds an entry so that it comes to stand at `position`. */
export function insertEntry(list: EditedList, position: number, entry: string): TextEdit {
  const { slots, kind } = list;
  const at = Math.min(position, slots.length);
  const previous = slots[at - 1];
  const next = slots[at];
  if (previous === undefined && next === undefined) {
    return insertFirst(list, entry);
  }
  const lead = leadAt(list, at);
  const comma = kind === "document" ? "" : ",";
  const laidOut = layOut(list, entry, lead);
  if (previous === undefined) {
    const from = next?.from ?? list.from;
    return { from, to: from, insert: laidOut + comma + lead };
  }
  const isTight = kind === "document" && next?.from === previous.to;
  const insert = previous.closing + comma + lead + laidOut + (isTight ? lead : "");
  return { from: previous.to, to: previous.to, insert };
}

/** The white space before an entry at `position` of a list that has others. */
function leadAt({ text, slots, kind, from }: EditedList, position: number): string {
  const leadOf = (at: number) => {
    const before = text.slice(slots[at - 1]?.to ?? from, slots[at]?.from);
    const blank = /[ \t\r\n]*$/.exec(before)?.[0] ?? "";
    return blank.includes("\n") ? blank.slice(blank.lastIndexOf("\n")) : blank;
  };
  const last = slots.length - 1;
  if (last > 0) {
    const lead = leadOf(Math.max(1, Math.min(position, last)));
    return kind === "document" && lead === "" ? "\n" : lead;
  }
  const lead = kind === "document" ? "\n" : leadOf(0);
  return lead.includes("\n") ? lead : isCompact(text) ? "" : " ";
}

function layOut({ text, kind, slots, from }: EditedList, entry: string, lead: string): string {
  if (lead.includes("\n")) {
    return indentLines(entry, lead.slice(lead.lastIndexOf("\n") + 1));
  }
  return kind === "document" ? indentLines(entry, lineIndent(text, slots[0]?.from ?? from)) : onOneLine(entry);
}

function insertFirst(list: EditedList, entry: string): TextEdit {
  const { text, kind, from, to, parent } = list;
  const inner = text.slice(from, to);
  const blank = isBlank(inner);
  if (kind === "document") {
    const lead = text.endsWith("\n") ? "" : "\n";
    return blank ? { from, to, insert: entry } : { from: to, to, insert: lead + entry };
  }
  const rest = blank || /^[ \t\r\n]*,/.test(inner) ? "" : ",";
  if (parent !== undefined && !isSpread(parent)) {
    return { from, to: blank ? to : from, insert: onOneLine(entry) + rest };
  }
  const indent = lineIndent(text, from);
  const inside = indent + indentUnit(text);
  const insert = `\n${inside}${indentLines(entry, inside)}${rest}`;
  return blank ? { from, to, insert: `${insert}\n${indent}` } : { from, to: from, insert };
}

/** Whether a list that has an entry has it on a line of its own. */
function isSpread({ text, from, slots }: EditedList): boolean {
  return text.slice(from, slots[0]?.from).includes("\n");
}

/** Takes an entry out, with one comma. Whatever else was typed around it stays. */
export function removeEntry({ text, slots, from, to, kind }: EditedList, position: number): readonly TextEdit[] {
  const slot = slots[position];
  if (slot === undefined) {
    return [];
  }
  const previous = slots[position - 1];
  const next = slots[position + 1];
  const separator = kind === "document" ? /^[ \t\r\n]*$/ : /^[ \t\r\n]*,?[ \t\r\n]*$/;
  if (previous !== undefined) {
    const isPlain = separator.test(text.slice(previous.to, slot.from));
    const cut = {
      from: isPlain ? previous.to + previous.closing.length * Number(previous.closing === "\n") : slot.from,
    };
    const mustPart = isPlain && previous.isBare && kind !== "document";
    return [{ ...cut, to: slot.to, insert: mustPart ? "," : gap(text, cut.from, slot.to) }];
  }
  const after = next?.from ?? to;
  if (separator.test(text.slice(slot.to, after))) {
    const start = next === undefined && isBlank(text.slice(from, slot.from)) ? from : slot.from;
    return [{ from: start, to: after, insert: gap(text, start, after) }];
  }
  return [{ from: slot.from, to: slot.to, insert: gap(text, slot.from, slot.to) }];
}

const delimiter = /[ \t\r\n{}[\]:,"]/;

/** A space where the text before and the text behind would grow together. */
function gap(text: string, from: number, to: number): string {
  const [before = ",", after = ","] = [text[from - 1], text[to]];
  return delimiter.test(before) || delimiter.test(after) ? "" : " ";
}

/** Moves an entry; those between the two places close up. What stands between the entries stays where it is. */
export function moveEntry({ text, slots }: EditedList, from: number, to: number): readonly TextEdit[] {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const moved = slots[from];
  const first = slots[low];
  const last = slots[high];
  if (from === to || moved === undefined || first === undefined || last === undefined) {
    return [];
  }
  const order = slots.slice(low, high + 1).filter((slot) => slot !== moved);
  order.splice(to - low, 0, moved);
  const insert = order
    .map((slot, at) => {
      const place = low + at;
      const between = place === high ? "" : text.slice(slots[place]?.to, slots[place + 1]?.from);
      // An entry that is left open would take in what follows it, but for its own place's sake.
      const closing = slots[place] === slot ? "" : slot.closing;
      return text.slice(slot.from, slot.to) + closing + (place !== high && between === "" ? " " : between);
    })
    .join("");
  return [{ from: first.from, to: last.to, insert }];
}
