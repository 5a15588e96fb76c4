import type { JsonDocument } from "../document/json-document.ts";
import type { JsonTree } from "../document/json-tree.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { type FieldValueType, fieldValueType, messageValueType } from "./field-value-type.ts";
import { type FormSubject, findMessages } from "./find-place.ts";
import { type FormField, type FormPlace, type FormPlaces, fieldLabel, type PlaceStep } from "./form-place.ts";
import { messageRows } from "./message-rows.ts";
import { trailTo } from "./place-issues.ts";

/** Where in a form an issue is shown. */
export interface IssuePlace {
  readonly place: FormPlace;
  /** A member that is no field's value: its position in the message at `place`. */
  readonly raw?: number;
  /** Whether it is about the key of a map's entry. */
  readonly isKey?: boolean;
  /** Whether it is about the oneof of the field at `place`, of which nothing is set. */
  readonly isOneof?: boolean;
}

/** What a form needs to know to find the place of an issue. */
export interface IssuePlaceOptions {
  readonly document: JsonDocument;
  readonly subject: FormSubject;
  readonly places: FormPlaces;
}

/** Finds where an issue is shown; undefined for one that is about no message, such as text between two. */
export function issuePlace(issue: JsonIssue, { document, subject, places }: IssuePlaceOptions): IssuePlace | undefined {
  const trail = trailTo(document, issue);
  const { values } = findMessages(document, subject);
  const position = values.findIndex(({ tree }) => trail.includes(tree));
  const message = values[position];
  if (message === undefined) {
    return values.length === 0 ? { place: places.message(0) } : undefined;
  }
  const walk: Walk = {
    place: places.message(position),
    type: messageValueType(subject.input),
    field: undefined,
    tree: message.tree,
  };
  return follow(walk, trail.slice(trail.indexOf(message.tree) + 1), { issue, subject });
}

/** A value on the way to an issue. */
interface Walk {
  readonly place: FormPlace;
  readonly type: FieldValueType;
  /** The field whose whole value it is: a list or a map, perhaps. Undefined for an item, an entry and a whole message. */
  readonly field: FormField | undefined;
  readonly tree: JsonTree;
}

interface Aim {
  readonly issue: JsonIssue;
  readonly subject: FormSubject;
}

function follow(walk: Walk, trail: readonly JsonTree[], aim: Aim): IssuePlace {
  let at = walk;
  for (const next of trail) {
    const step = stepInto(at, next, aim);
    if (step === undefined || !("type" in step)) {
      return step ?? { place: at.place };
    }
    at = step;
  }
  const { missing } = aim.issue;
  if (missing !== undefined && at.type.kind === "message" && !isContainer(at.field)) {
    const { message: desc } = at.type;
    const oneof = desc.oneofs.find(({ name }) => name === missing);
    const field = desc.fields.find(({ jsonName }) => jsonName === missing) ?? oneof?.fields[0];
    if (field === undefined) {
      return { place: at.place };
    }
    return { place: at.place.child({ kind: "field", desc, field }), isOneof: field.jsonName !== missing };
  }
  return { place: at.place };
}

function isContainer(field: FormField | undefined): boolean {
  return field?.fieldKind === "list" || field?.fieldKind === "map";
}

/** The place of a child; where it has none of its own, what is shown in its stead. */
function stepInto({ place, type, field, tree }: Walk, child: JsonTree, aim: Aim): Walk | IssuePlace | undefined {
  if (tree.kind === "array") {
    const position = tree.items.findIndex((item) => item.tree === child);
    return field?.fieldKind === "list"
      ? { place: place.child({ kind: "item", position }), type, field: undefined, tree: child }
      : undefined;
  }
  if (tree.kind !== "object") {
    return undefined;
  }
  const position = tree.members.findIndex(({ key, value }) => key.tree === child || value.tree === child);
  const isKey = tree.members[position]?.key.tree === child;
  if (field?.fieldKind === "map") {
    const entry = place.child({ kind: "entry", position });
    return isKey ? { place: entry, isKey } : { place: entry, type, field: undefined, tree: child };
  }
  if (type.kind !== "message" || isContainer(field)) {
    return undefined;
  }
  return stepIntoField({ place, type, field, tree }, { position, child, isKey }, aim);
}

interface Member {
  readonly position: number;
  readonly child: JsonTree;
  readonly isKey: boolean;
}

function stepIntoField(
  { place, type, tree }: Walk,
  { position, child, isKey }: Member,
  { subject }: Aim,
): Walk | IssuePlace | undefined {
  if (type.kind !== "message" || tree.kind !== "object" || type.message.typeName.startsWith("google.protobuf.")) {
    return undefined;
  }
  const { positions } = messageRows(type.message, tree, subject.registry);
  const field = [...positions].find(([, at]) => at === position)?.[0];
  if (field === undefined) {
    return { place, raw: position };
  }
  const inner = place.child({ kind: "field", desc: type.message, field });
  return isKey ? { place: inner } : { place: inner, type: fieldValueType(field), field, tree: child };
}

/** A place as a path: `user.emails[2]`; the message's position before it where there are several. */
export function placeLabel({ place, raw }: IssuePlace, isMany: boolean): string {
  const steps: FormPlace[] = [];
  for (let at: FormPlace | undefined = place; at !== undefined; at = at.parent) {
    steps.unshift(at);
  }
  const names = steps.map(({ step }) => stepLabel(step, isMany));
  const label = names
    .filter((name) => name !== "")
    .join(".")
    .replaceAll(".[", "[");
  return raw === undefined ? label : `${label}{${raw + 1}}`;
}

function stepLabel(step: PlaceStep, isMany: boolean): string {
  switch (step.kind) {
    case "message":
      return isMany ? `#${step.position + 1}` : "";
    case "field":
      return fieldLabel(step.field);
    case "item":
    case "entry":
      return `[${step.position}]`;
    case "any":
      return "value";
  }
}
