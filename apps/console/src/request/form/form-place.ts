import type { DescExtension, DescField, DescMessage } from "@bufbuild/protobuf";

/** A field as forms know it: one of the message's own, or an extension of it. */
export type FormField = DescField | DescExtension;

/** One step on the way from the text to a value. */
export type PlaceStep =
  /** One of the text's messages. */
  | { readonly kind: "message"; readonly position: number }
  /** A field of the message `desc`. */
  | { readonly kind: "field"; readonly desc: DescMessage; readonly field: FormField }
  /** An item of a list. */
  | { readonly kind: "item"; readonly position: number }
  /** A member of a map's object, by its position: two may have the same key. */
  | { readonly kind: "entry"; readonly position: number }
  /** The member `value` of an `Any` whose type has its own JSON form. */
  | { readonly kind: "any" };

/**
 * Where a value stands, in terms of the schema: it keeps its meaning while the text around it changes, and is there
 * whether the value is or not. The same object for the same place.
 */
export interface FormPlace {
  /** The id of the value's control in the page. */
  readonly id: string;
  /** Undefined for a message of the text. */
  readonly parent: FormPlace | undefined;
  readonly step: PlaceStep;
  /** Positions, and fields by their names: `[0, "user", "emails", 2]`. */
  readonly path: readonly (string | number)[];
  /** The place one step further. */
  child(step: PlaceStep): FormPlace;
}

/** The places of one form. */
export interface FormPlaces {
  /** The place of a message of the text. */
  message(position: number): FormPlace;
}

/** Creates the places of a form; the ids of its controls begin with `prefix`. */
export function createFormPlaces(prefix: string): FormPlaces {
  const messages = new Map<number, FormPlace>();
  let made = 0;
  const create = (parent: FormPlace | undefined, step: PlaceStep): FormPlace => {
    const children = new Map<string | number, FormPlace>();
    const place: FormPlace = {
      id: `${prefix}-${++made}`,
      parent,
      step,
      path: [...(parent?.path ?? []), nameOf(step)],
      child: (next) => remember(children, nameOf(next), () => create(place, next)),
    };
    return place;
  };
  return {
    message: (position) => remember(messages, position, () => create(undefined, { kind: "message", position })),
  };
}

/** Whether `place` is `other`, or stands within it. */
export function isWithin(place: FormPlace, other: FormPlace): boolean {
  for (let at: FormPlace | undefined = place; at !== undefined; at = at.parent) {
    if (at === other) {
      return true;
    }
  }
  return false;
}

/** What a field is called in a form: as the proto file writes it, and an extension by its full name in brackets. */
export function fieldLabel(field: FormField): string {
  return field.kind === "extension" ? `[${field.typeName}]` : field.name;
}

function nameOf(step: PlaceStep): string | number {
  switch (step.kind) {
    case "message":
    case "item":
    case "entry":
      return step.position;
    case "field":
      return fieldLabel(step.field);
    case "any":
      return "@value";
  }
}

function remember<Key>(known: Map<Key, FormPlace>, key: Key, create: () => FormPlace): FormPlace {
  const found = known.get(key);
  if (found !== undefined) {
    return found;
  }
  const created = create();
  known.set(key, created);
  return created;
}
