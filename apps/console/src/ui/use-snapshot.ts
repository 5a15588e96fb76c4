import { useSyncExternalStore } from "react";

/** Something outside React that is read as snapshots and tells of changes. */
export interface Observable<T> {
  getState(): T;
  subscribe(listener: () => void): () => void;
}

/**
 * What `select` reads of the newest snapshot; the component is rendered again only when that changes. `select` answers the
 * same value for the same snapshot: a part of it, no new object.
 */
export function useSelected<T, Part>(observable: Observable<T>, select: (state: T) => Part): Part {
  return useSyncExternalStore(observable.subscribe, () => select(observable.getState()));
}

/** The newest snapshot of `observable`; the component is rendered again when it changes. */
export function useSnapshot<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.getState);
}
