import type { DescMessage } from "@bufbuild/protobuf";
import {
  insertDocument,
  insertItem,
  moveDocument,
  moveItem,
  removeDocument,
  removeItem,
  removeMember,
  replaceValue,
  setMember,
} from "../document/edit-document.ts";
import type { JsonDocument, TextEdit } from "../document/json-document.ts";
import { type FormSubject, findMessages, findPlace } from "./find-place.ts";
import type { FormPlace } from "./form-place.ts";

/** A change of the newest text. */
export type FormEdit = (document: JsonDocument, subject: FormSubject) => readonly TextEdit[];

/** Gives a place a value, given as JSON text; what is absent around it is made. */
export function setValue(place: FormPlace, json: string): FormEdit {
  return (document, subject) => {
    const found = findPlace(document, place, subject);
    if (found !== undefined) {
      return replaceValue(document, found.path, json);
    }
    const { parent, step } = place;
    if (parent === undefined) {
      return insertDocument(document, document.values.length, json);
    }
    const [name, order] = memberName(place);
    if (name === undefined) {
      return [];
    }
    const around = findPlace(document, parent, subject);
    if (around?.tree.kind === "object") {
      return setMember(document, around.path, name, json, order);
    }
    // A text that is empty, or a parent that is null, has no object to add to.
    return step.kind === "field" ? setValue(parent, `{${JSON.stringify(name)}: ${json}}`)(document, subject) : [];
  };
}

/** Takes away the member that gives a field its value. */
export function removeValue(place: FormPlace): FormEdit {
  return (document, subject) => {
    const found = findPlace(document, place, subject);
    const position = found?.path.at(-1);
    return found === undefined || position === undefined || place.parent === undefined
      ? []
      : removeMember(document, found.path.slice(0, -1), position);
  };
}

/** Takes away a member of the message or the map at a place. */
export function removeMemberAt(place: FormPlace, position: number): FormEdit {
  return inContainer(place, (document, path) => removeMember(document, path, position));
}

/** Puts items into the list at a place, each given as JSON text; makes the list where it is absent. */
export function insertItems(place: FormPlace, position: number, items: readonly string[]): FormEdit {
  const [first] = items;
  return (document, subject) => {
    const found = findPlace(document, place, subject);
    if (found?.tree.kind !== "array") {
      return setValue(place, `[${items.join(", ")}]`)(document, subject);
    }
    const { length } = found.tree.items;
    if (items.length === 1 && first !== undefined) {
      return insertItem(document, found.path, Math.min(position, length), first);
    }
    const texts = found.tree.items.map(({ at, tree }) =>
      document.text.slice(found.from + at, found.from + at + tree.length),
    );
    return replaceValue(document, found.path, `[${texts.toSpliced(position, 0, ...items).join(", ")}]`);
  };
}

/** Takes away an item of the list at a place. */
export function removeItemAt(place: FormPlace, position: number): FormEdit {
  return inContainer(place, (document, path) => removeItem(document, path, position));
}

/** Moves an item of the list at a place. */
export function moveItemAt(place: FormPlace, from: number, to: number): FormEdit {
  return inContainer(place, (document, path) => moveItem(document, path, from, to));
}

/** Puts a message into the text. */
export function insertMessage(position: number, json: string): FormEdit {
  return (document, subject) => {
    const { path } = findMessages(document, subject);
    return path.length === 0 ? insertDocument(document, position, json) : insertItem(document, path, position, json);
  };
}

/** Takes a message out of the text. */
export function removeMessage(position: number): FormEdit {
  return (document, subject) => {
    const { path } = findMessages(document, subject);
    return path.length === 0 ? removeDocument(document, position) : removeItem(document, path, position);
  };
}

/** Moves a message within the text. */
export function moveMessage(from: number, to: number): FormEdit {
  return (document, subject) => {
    const { path } = findMessages(document, subject);
    return path.length === 0 ? moveDocument(document, from, to) : moveItem(document, path, from, to);
  };
}

function inContainer(
  place: FormPlace,
  edit: (document: JsonDocument, path: readonly number[]) => readonly TextEdit[],
): FormEdit {
  return (document, subject) => {
    const found = findPlace(document, place, subject);
    return found === undefined ? [] : edit(document, found.path);
  };
}

/** What the member of a place is called when it is made, and in which order the members of its object stand. */
function memberName({ step }: FormPlace): readonly [name: string | undefined, order: readonly string[]] {
  switch (step.kind) {
    case "field":
      return [step.field.jsonName, memberOrder(step.desc)];
    case "any":
      return ["value", []];
    case "message":
    case "item":
    case "entry":
      return [undefined, []];
  }
}

const orders = new WeakMap<DescMessage, readonly string[]>();

function memberOrder(desc: DescMessage): readonly string[] {
  const known = orders.get(desc);
  if (known !== undefined) {
    return known;
  }
  const order = [...new Set(desc.fields.flatMap(({ jsonName, name }) => [jsonName, name]))];
  orders.set(desc, order);
  return order;
}
