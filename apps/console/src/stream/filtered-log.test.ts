import { create } from "@bufbuild/protobuf";
import { EmptySchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import type { EventLog, MessageEvent } from "../call/event-log.ts";
import { createFilteredLog } from "./filtered-log.ts";

const message = create(EmptySchema);

function logOf(total: number, dropped = 0): EventLog {
  return {
    total,
    dropped,
    length: total - dropped,
    at: (position): MessageEvent | undefined =>
      position < 0 || position >= total - dropped
        ? undefined
        : {
            index: dropped + position,
            direction: "received",
            ordinal: dropped + position + 1,
            atMs: 0,
            message,
            wireBytes: 0,
          },
  };
}

function growing(log: EventLog): EventLog & { show(next: EventLog): void } {
  let current = log;
  return {
    get total() {
      return current.total;
    },
    get dropped() {
      return current.dropped;
    },
    get length() {
      return current.length;
    },
    at: (position) => current.at(position),
    show(next) {
      current = next;
    },
  };
}

const isEven = ({ index }: MessageEvent) => index % 2 === 0;

test("without a filter, shows what the log holds", () => {
  const view = createFilteredLog(logOf(10, 4), undefined);
  view.advance(10);
  expect([view.length, view.at(0)?.index, view.at(5)?.index]).toEqual([6, 4, 9]);
});

test("stands still at its end while the log grows", () => {
  const log = growing(logOf(3));
  const view = createFilteredLog(log, undefined);
  view.advance(3);
  log.show(logOf(100));
  expect(view.length).toBe(3);
});

test("with a filter, shows the matches in order", () => {
  const view = createFilteredLog(logOf(7), isEven);
  view.advance(7);
  expect(Array.from({ length: view.length }, (_, i) => view.at(i)?.index)).toEqual([0, 2, 4, 6]);
});

test("asks about each message once", () => {
  const asked: number[] = [];
  const log = growing(logOf(2));
  const view = createFilteredLog(log, (event) => asked.push(event.index) > 0);
  view.advance(2);
  log.show(logOf(4));
  view.advance(4);
  expect(asked).toEqual([0, 1, 2, 3]);
});

test("lets go of matches that the log dropped", () => {
  const log = growing(logOf(6));
  const view = createFilteredLog(log, isEven);
  view.advance(6);
  log.show(logOf(9, 5));
  view.advance(9);
  expect(Array.from({ length: view.length }, (_, i) => view.at(i)?.index)).toEqual([6, 8]);
  expect(view.positionOf(7)).toBe(1);
});
