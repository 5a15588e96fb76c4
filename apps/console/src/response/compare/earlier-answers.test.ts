import { expect, test } from "vitest";
import type { Call, CallState } from "../../call/call.ts";
import { createCall } from "../../call/create-call.ts";
import { createTurns } from "../../call/turns.ts";
import { type EarlierAnswersLimits, keepEarlierAnswers } from "./earlier-answers.ts";

/** A call whose states are given one after the other, the rest as that of a call that never ran. */
function scriptedCall(): { readonly call: Call; readonly tell: (change: Partial<CallState>) => void } {
  const idle = createCall({
    openTransport: () => {
      throw new Error("not run");
    },
    now: () => 0,
    schedule: () => {},
    turns: createTurns({ post: setImmediate, now: () => 0 }),
  });
  let state = idle.getState();
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    call: { ...idle, subscribe, getState: () => state },
    tell(change) {
      state = { ...state, ...change };
      for (const listener of listeners) {
        listener();
      }
    },
  };
}

const status = { code: 0, name: "OK", message: "", details: [], origin: "server" } as const;

function runs(bytes: readonly number[], limits?: EarlierAnswersLimits) {
  const { call, tell } = scriptedCall();
  const store = keepEarlierAnswers(call, limits);
  bytes.forEach((received, at) => {
    tell({ runId: at + 1, phase: { kind: "open" } });
    tell({ phase: { kind: "closed", status }, received: { messages: 1, bytes: received } });
    tell({});
  });
  const { answers, dropped } = store.getState();
  return { kept: answers.map(({ runId }) => runId), dropped };
}

test("each run that ended is kept once, the newest first", () => {
  expect(runs([1, 1, 1])).toEqual({ kept: [3, 2, 1], dropped: 0 });
});

test("no more are kept than the bounds allow, and what was dropped is counted", () => {
  expect(runs([1, 1, 1, 1], { mostAnswers: 2 })).toEqual({ kept: [4, 3], dropped: 2 });
  expect(runs([60, 60, 30], { mostBytes: 100 })).toEqual({ kept: [3, 2], dropped: 1 });
});

test("the newest is kept however long it is", () => {
  expect(runs([10, 500], { mostBytes: 100 })).toEqual({ kept: [2], dropped: 1 });
});
