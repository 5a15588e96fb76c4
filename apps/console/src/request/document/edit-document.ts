import { containerList, documentList, insertEntry, moveEntry, removeEntry } from "./edit-list.ts";
import { findNode } from "./find-node.ts";
import type { JsonDocument, NodePath, TextEdit } from "./json-document.ts";
import type { JsonObjectTree, TreeMember } from "./json-tree.ts";
import { indentLines, isCompact, lineIndent } from "./text-layout.ts";

/**
 * Puts `json` in the place of the value at `path`, also where a value is missing there, and as a new document where `path`
 * names the one behind the last. No edit where nothing can stand there.
 */
export function replaceValue(document: JsonDocument, path: NodePath, json: string): readonly TextEdit[] {
  const { text } = document;
  const found = findNode(document, path);
  if (found === undefined) {
    return path.length === 1 && path[0] === document.values.length
      ? insertDocument(document, document.values.length, json)
      : [];
  }
  const { tree, from } = found;
  const to = from + tree.length;
  if (tree.kind === "missing" && tree.length === 0) {
    return fillMember(document, path, json);
  }
  const insert = indentLines(json, lineIndent(text, from));
  return text.slice(from, to) === insert ? [] : [{ from, to, insert }];
}

/** Gives a member without a value one, behind its colon. */
function fillMember(document: JsonDocument, path: NodePath, json: string): readonly TextEdit[] {
  const { text } = document;
  const member = memberAt(document, path.slice(0, -1), path.at(-1) ?? 0);
  if (member === undefined) {
    return [];
  }
  const { keyTo, valueFrom } = member;
  const colon = keyTo === valueFrom ? -1 : text.indexOf(":", keyTo);
  const at = colon === -1 ? keyTo : colon + 1;
  const space = isCompact(text) ? "" : " ";
  return [
    { from: at, to: at, insert: `${colon === -1 ? ":" : ""}${space}${indentLines(json, lineIndent(text, keyTo))}` },
  ];
}

/**
 * Gives the object at `objectPath` the member `name`: in the place of its first member of that name, or else behind the
 * members that come before it in `order`, or last. Where an object is still missing, or `null`, it is made. No edit where
 * something else stands in its place.
 */
export function setMember(
  document: JsonDocument,
  objectPath: NodePath,
  name: string,
  json: string,
  order: readonly string[] = [],
): readonly TextEdit[] {
  const object = objectAt(document, objectPath);
  if (object === undefined) {
    return makeObject(document, objectPath, entryText(document, name, json));
  }
  const existing = object.members.findIndex(({ key }) => key.tree.value === name);
  return existing === -1
    ? insertAt(document, objectPath, positionFor(object, name, order), entryText(document, name, json))
    : replaceValue(document, [...objectPath, existing], json);
}

/** Adds a member behind all others, also where there is one of that name. */
export function insertMember(
  document: JsonDocument,
  objectPath: NodePath,
  name: string,
  json: string,
): readonly TextEdit[] {
  const entry = entryText(document, name, json);
  const object = objectAt(document, objectPath);
  return object === undefined
    ? makeObject(document, objectPath, entry)
    : insertAt(document, objectPath, object.members.length, entry);
}

/** Takes a member out of an object. */
export function removeMember(
  document: JsonDocument,
  objectPath: NodePath,
  memberPosition: number,
): readonly TextEdit[] {
  return removeItem(document, objectPath, memberPosition);
}

/** Gives a member another name. */
export function renameMember(
  document: JsonDocument,
  objectPath: NodePath,
  memberPosition: number,
  newName: string,
): readonly TextEdit[] {
  const member = memberAt(document, objectPath, memberPosition);
  return member === undefined ? [] : [{ from: member.keyFrom, to: member.keyTo, insert: JSON.stringify(newName) }];
}

/** Adds an item to an array so that it comes to stand at `position`. */
export function insertItem(
  document: JsonDocument,
  arrayPath: NodePath,
  position: number,
  json: string,
): readonly TextEdit[] {
  return insertAt(document, arrayPath, position, json);
}

/** Takes an item out of an array. */
export function removeItem(document: JsonDocument, arrayPath: NodePath, position: number): readonly TextEdit[] {
  const list = containerList(document, arrayPath);
  return list === undefined ? [] : removeEntry(list, position);
}

/** Moves an item so that it comes to stand at `to`. */
export function moveItem(document: JsonDocument, arrayPath: NodePath, from: number, to: number): readonly TextEdit[] {
  const list = containerList(document, arrayPath);
  return list === undefined ? [] : moveEntry(list, from, to);
}

/** Adds a value to the document so that it comes to stand at `position`. */
export function insertDocument(document: JsonDocument, position: number, json: string): readonly TextEdit[] {
  return [insertEntry(documentList(document), position, json)];
}

/** Takes a value out of the document. */
export function removeDocument(document: JsonDocument, position: number): readonly TextEdit[] {
  return removeEntry(documentList(document), position);
}

/** Moves a value so that it comes to stand at `to`. */
export function moveDocument(document: JsonDocument, from: number, to: number): readonly TextEdit[] {
  return moveEntry(documentList(document), from, to);
}

function objectAt(document: JsonDocument, path: NodePath): JsonObjectTree | undefined {
  const tree = findNode(document, path)?.tree;
  return tree?.kind === "object" ? tree : undefined;
}

function insertAt(document: JsonDocument, path: NodePath, position: number, entry: string): readonly TextEdit[] {
  const list = containerList(document, path);
  return list === undefined ? [] : [insertEntry(list, position, entry)];
}

function entryText({ text }: JsonDocument, name: string, json: string): string {
  return `${JSON.stringify(name)}:${isCompact(text) ? "" : " "}${json}`;
}

function makeObject(document: JsonDocument, path: NodePath, entry: string): readonly TextEdit[] {
  const tree = findNode(document, path)?.tree;
  const canGiveWay =
    tree === undefined ||
    (tree.kind === "missing" && tree.length === 0) ||
    (tree.kind === "word" && tree.value === null);
  if (!canGiveWay) {
    return [];
  }
  return replaceValue(document, path, path.length === 1 ? `{\n  ${indentLines(entry, "  ")}\n}` : `{${entry}}`);
}

function positionFor({ members }: JsonObjectTree, name: string, order: readonly string[]): number {
  const rank = order.indexOf(name);
  if (rank === -1) {
    return members.length;
  }
  const earlier = new Set(order.slice(0, rank));
  const later = new Set(order.slice(rank + 1));
  const behind = members.findLastIndex(({ key }) => earlier.has(key.tree.value)) + 1;
  const before = members.findIndex(({ key }) => later.has(key.tree.value));
  return behind === 0 && before !== -1 ? before : behind || members.length;
}

function memberAt(document: JsonDocument, objectPath: NodePath, position: number) {
  const found = findNode(document, objectPath);
  const member: TreeMember | undefined = found?.tree.kind === "object" ? found.tree.members[position] : undefined;
  if (found === undefined || member === undefined) {
    return undefined;
  }
  const keyFrom = found.from + member.key.at;
  return { keyFrom, keyTo: keyFrom + member.key.tree.length, valueFrom: found.from + member.value.at };
}
