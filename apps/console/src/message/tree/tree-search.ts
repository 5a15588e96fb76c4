import { createStore, type StoreApi } from "zustand/vanilla";
import { inSlices } from "../../ui/in-slices.ts";
import type { ViewNode } from "../view-node.ts";
import { findInMessage } from "./find-in-message.ts";
import type { NodePlace } from "./json-line.ts";
import { searchPattern } from "./search-pattern.ts";

/** Where a search stands. */
export interface SearchState {
  readonly text: string;
  /** Finds the text in what is drawn; undefined for no text. */
  readonly pattern: RegExp | undefined;
  /** How many nodes hold the text, as far as was looked. */
  readonly found: number;
  /** Which of them is shown, from 0; undefined for none yet. */
  readonly current: number | undefined;
  readonly isRunning: boolean;
  /** Whether there are more than are counted. */
  readonly isCut: boolean;
}

/** A search in one message. */
export interface TreeSearch {
  readonly store: StoreApi<SearchState>;
  /** Looks for another text, and gives up looking for the one before; an empty text ends the search. */
  look(text: string): void;
  /** Goes to the next node found, or the one before; from the last to the first. Answers its place. */
  step(by: 1 | -1): NodePlace | undefined;
}

const idle: SearchState = {
  text: "",
  pattern: undefined,
  found: 0,
  current: undefined,
  isRunning: false,
  isCut: false,
};

/** So many places are kept. */
const mostFound = 20_000;
/** How often the count is told while the search goes on, in milliseconds. */
const tellMs = 100;

/**
 * Creates a search in `root`.
 *
 * @param onFirst told of the first node found for each text
 */
export function createTreeSearch(root: ViewNode, onFirst: (place: NodePlace) => void): TreeSearch {
  const store = createStore<SearchState>(() => idle);
  let places: NodePlace[] = [];
  let running = new AbortController();

  const run = async (pattern: RegExp, signal: AbortSignal) => {
    const found: NodePlace[] = [];
    places = found;
    let toldAt = performance.now();
    const onFound = (place: NodePlace) => {
      found.push(place);
      const now = performance.now();
      if (found.length === 1) {
        store.setState({ found: 1, current: 0 });
        onFirst(place);
      } else if (now - toldAt > tellMs) {
        toldAt = now;
        store.setState({ found: found.length });
      }
      return found.length < mostFound;
    };
    await inSlices(findInMessage(root, pattern, onFound), signal);
    if (!signal.aborted) {
      store.setState({ found: found.length, isRunning: false, isCut: found.length === mostFound });
    }
  };

  return {
    store,
    look(text) {
      running.abort();
      running = new AbortController();
      const pattern = searchPattern(text);
      store.setState({ ...idle, text, pattern, isRunning: pattern !== undefined });
      places = [];
      if (pattern !== undefined) {
        void run(pattern, running.signal);
      }
    },
    step(by) {
      const { current } = store.getState();
      if (places.length === 0) {
        return undefined;
      }
      const next = ((current ?? (by === 1 ? -1 : 0)) + by + places.length) % places.length;
      store.setState({ current: next });
      return places[next];
    },
  };
}
