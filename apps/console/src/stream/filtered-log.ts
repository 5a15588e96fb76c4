import type { EventLog, MessageEvent } from "../call/event-log.ts";

/** A part of a log that grows with it: the messages that match, up to an end that can stand still. */
export interface FilteredLog {
  /** Takes in what was logged before message `end`, and lets go of what the log dropped. */
  advance(end: number): void;
  readonly length: number;
  at(position: number): MessageEvent | undefined;
  /** The position of the message with `index` in its log, or of the next one that is held. */
  positionOf(index: number): number;
}

/** A view of `log` with the messages that `matches` accepts; each message is asked about once. */
export function createFilteredLog(log: EventLog, matches: ((event: MessageEvent) => boolean) | undefined): FilteredLog {
  return matches === undefined ? createWindow(log) : createSelection(log, matches);
}

function createWindow(log: EventLog): FilteredLog {
  let end = 0;
  return {
    advance(next) {
      end = next;
    },
    get length() {
      return Math.max(0, end - log.dropped);
    },
    at: (position) => log.at(position),
    positionOf: (index) => Math.max(0, index - log.dropped),
  };
}

function createSelection(log: EventLog, matches: (event: MessageEvent) => boolean): FilteredLog {
  /** Indexes of matches, growing; those before `start` were dropped. */
  let indexes: number[] = [];
  let start = 0;
  let next = 0;
  return {
    advance(end) {
      for (next = Math.max(next, log.dropped); next < end; next++) {
        const event = log.at(next - log.dropped);
        if (event !== undefined && matches(event)) {
          indexes.push(next);
        }
      }
      while (start < indexes.length && (indexes[start] ?? 0) < log.dropped) {
        start++;
      }
      // Cut off rarely, so that dropping costs nothing per message.
      if (start > indexes.length / 2) {
        indexes = indexes.slice(start);
        start = 0;
      }
    },
    get length() {
      return indexes.length - start;
    },
    at(position) {
      const index = indexes[start + position];
      return index === undefined ? undefined : log.at(index - log.dropped);
    },
    positionOf(index) {
      const at = indexes.findIndex((known, place) => place >= start && known >= index);
      return at === -1 ? indexes.length - start : at - start;
    },
  };
}
