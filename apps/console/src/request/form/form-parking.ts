import { type ParkedPath, type ParkedValue, parkedText, parkValue, shiftParked } from "../parked-values.ts";
import { findPlace } from "./find-place.ts";
import type { FormView } from "./form-memory.ts";
import type { FormPlace, PlaceStep } from "./form-place.ts";
import type { FormSession } from "./form-session.ts";

/** What is parked once the value at a place is parked too; as it was where there is no value. */
export function parkedWith(session: FormSession, place: FormPlace): readonly ParkedValue[] {
  const document = session.getDocument();
  const found = findPlace(document, place, session.subject);
  const parked = session.getParked();
  return found === undefined
    ? parked
    : parkValue(parked, place.path, document.text.slice(found.from, found.from + found.tree.length));
}

/** The JSON text that a place had when its value was last taken away; undefined where none is parked. */
export function parkedAt(session: FormSession, place: FormPlace): string | undefined {
  return parkedText(session.getParked(), place.path);
}

/** Where an item that was at a position stands now; undefined for one that is gone. */
export type Moved = (position: number) => number | undefined;

/** Where items stand after `count` were put in at a position. */
export function afterInsertion(at: number, count: number): Moved {
  return (position) => (position < at ? position : position + count);
}

/** Where items stand after the one at a position was taken away. */
export function afterRemoval(at: number): Moved {
  return (position) => (position === at ? undefined : position < at ? position : position - 1);
}

/** Where items stand after one was moved. */
export function afterMove(from: number, to: number): Moved {
  return (position) => {
    if (position === from) {
      return to;
    }
    const closed = position > from ? position - 1 : position;
    return closed >= to ? closed + 1 : closed;
  };
}

/** Lets what is parked and what is open within a list, or within the text's messages, follow its items. */
export function followItems(session: FormSession, list: FormPlace | undefined, moved: Moved): readonly ParkedValue[] {
  const path: ParkedPath = list?.path ?? [];
  session.memory.view.setState(({ open }) => ({ open: moveOpen(open, { list, moved, session }) }));
  return shiftParked(session.getParked(), path, moved);
}

interface ItemsMoved {
  readonly list: FormPlace | undefined;
  readonly moved: Moved;
  readonly session: FormSession;
}

function moveOpen(open: FormView["open"], change: ItemsMoved): FormView["open"] {
  return new Map(
    [...open].flatMap(([place, isOpen]) => {
      const now = placeAfter(place, change);
      return now === undefined ? [] : [[now, isOpen] as const];
    }),
  );
}

function placeAfter(place: FormPlace, { list, moved, session }: ItemsMoved): FormPlace | undefined {
  const steps: PlaceStep[] = [];
  for (let at: FormPlace | undefined = place; at !== undefined; at = at.parent) {
    const { step, parent } = at;
    if (parent === list && (step.kind === "message" || step.kind === "item" || step.kind === "entry")) {
      const position = moved(step.position);
      if (position === undefined) {
        return undefined;
      }
      const start = list?.child({ ...step, position }) ?? session.memory.places.message(position);
      return steps.reduceRight((around, inner) => around.child(inner), start);
    }
    steps.push(step);
  }
  return place;
}
