import { useSyncExternalStore } from "react";

/** Something outside React that is read as snapshots and tells of changes. */
export interface Observable<T> {
  getState(): T;
  subscribe(listener: () => void): () => void;
}

/** The newest snapshot of `observable`; the component is rendered again when it changes. */
export function useSnapshot<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.getState);
}
