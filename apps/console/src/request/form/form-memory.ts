import { createStore, type StoreApi } from "zustand/vanilla";
import type { FormSubject } from "./find-place.ts";
import { createFormPlaces, type FormPlace, type FormPlaces } from "./form-place.ts";
import type { RowFilter } from "./message-rows.ts";
import { createTextHistory, type TextHistory } from "./text-history.ts";

/** What a form remembers besides the text: it goes on where it was when its tab is shown again. */
export interface FormMemory {
  /** What the places are places of; another subject needs another memory. */
  readonly subject: FormSubject;
  readonly places: FormPlaces;
  readonly view: StoreApi<FormView>;
  readonly history: TextHistory;
}

/** What is open and filtered. Replaced, never changed. */
export interface FormView {
  /** Whether what stands at a place is open; its own default where nothing is said. */
  readonly open: ReadonlyMap<FormPlace, boolean>;
  /** The filters of long messages. */
  readonly filters: ReadonlyMap<FormPlace, RowFilter>;
  /** The place that is to be brought into sight. */
  readonly revealed: FormPlace | undefined;
}

/** Creates the memory of a form that nobody has touched; the ids of its controls begin with `prefix`. */
export function createFormMemory(subject: FormSubject, prefix: string): FormMemory {
  return {
    subject,
    places: createFormPlaces(prefix),
    view: createStore<FormView>(() => ({ open: new Map(), filters: new Map(), revealed: undefined })),
    history: createTextHistory(),
  };
}

/** Opens or folds what stands at a place. */
export function setOpen(view: StoreApi<FormView>, place: FormPlace, isOpen: boolean): void {
  view.setState(({ open }) => ({ open: new Map(open).set(place, isOpen) }));
}

/** Filters the message at a place. */
export function setFilter(view: StoreApi<FormView>, place: FormPlace, filter: RowFilter): void {
  view.setState(({ filters }) => ({ filters: new Map(filters).set(place, filter) }));
}

/** Opens everything around a place, and lifts the filters that could hide it. */
export function reveal(view: StoreApi<FormView>, place: FormPlace): void {
  view.setState((state) => {
    const open = new Map(state.open);
    const filters = new Map(state.filters);
    for (let at: FormPlace | undefined = place; at !== undefined; at = at.parent) {
      open.set(at, true);
      filters.delete(at);
    }
    return { open, filters, revealed: place };
  });
}
