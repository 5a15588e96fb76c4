import { vi } from "vitest";

/** A clock that stands still but when a test moves it. Sockets and turns of the event loop go on. */
export interface DrivenClock extends Disposable {
  /** Lets time pass, in milliseconds, and runs the timers that are due. */
  advance(ms: number): void;
  /** Lets time pass, in milliseconds, as in a turn of the event loop that takes so long: no timer runs. */
  pass(ms: number): void;
}

/** Has `setTimeout` and `performance.now` stand still until disposed. */
export function startDrivenClock(): DrivenClock {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  let passed = 0;
  const now = performance.now.bind(performance);
  const spy = vi.spyOn(performance, "now").mockImplementation(() => now() + passed);
  return {
    advance: (ms) => void vi.advanceTimersByTime(ms),
    pass(ms) {
      passed += ms;
    },
    [Symbol.dispose]() {
      spy.mockRestore();
      vi.useRealTimers();
    },
  };
}
