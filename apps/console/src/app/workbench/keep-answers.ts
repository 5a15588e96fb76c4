import type { Call } from "../../call/call.ts";
import { restoreState, stripSnapshot, takeSnapshot } from "../../call/call-snapshot.ts";
import type { CallSubject } from "../../request/check-draft.ts";
import type { AnswerStore, KeptAnswer } from "./answer-store.ts";
import type { Workbench } from "./workbench-store.ts";

/** The most bytes that are kept of all answers together: 16 MiB. The oldest then lose their messages. */
export const maxKeptBytes = 16_777_216;

/** How soon an answer is kept: once its call has ended, and while it is under way. */
const endedDelayMs = 300;
const runningDelayMs = 2_000;

/** An answer whose tab isn't open here may be another window's, but not for longer than a day. */
const strayMs = 86_400_000;

/** What keeping answers needs. */
export interface KeepAnswersOptions {
  readonly workbench: Workbench;
  readonly store: AnswerStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told when the page may be about to go: listens for `pagehide`. */
  readonly page: EventTarget;
}

/** The answers of open tabs that outlive the page. */
export interface AnswerKeeper {
  /** Shows what is kept for a tab in its new call, and keeps what comes of the call from now on. */
  follow(tabId: string, call: Call, subject: CallSubject): void;
}

/**
 * Keeps the answers of open tabs, shortly after each change, and forgets those of closed ones: what is brought back in the
 * same page is kept anew. Where the browser refuses, answers end with the page; nothing else depends on them.
 */
export function keepAnswers({ workbench, store, now, page }: KeepAnswersOptions): AnswerKeeper {
  const calls = new Map<string, Call>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const kept = new Map<string, KeptAnswer>();
  /** One thing after the other, so that what was asked for last also happens last. */
  let work: Promise<void> = Promise.resolve();
  const enqueue = (task: () => Promise<void>) => {
    work = work.then(task).catch(() => {});
  };
  const isOpen = (tabId: string) => workbench.store.getState().tabs.some(({ id }) => id === tabId);

  async function forgetStrays(): Promise<void> {
    for (const answer of await store.list()) {
      if (!isOpen(answer.tabId) && now() - answer.savedAt > strayMs) {
        await store.remove(answer.tabId);
      } else {
        kept.set(answer.tabId, answer);
      }
    }
  }

  async function makeRoom(tabId: string, bytes: number): Promise<void> {
    const others = [...kept.values()].filter((answer) => answer.tabId !== tabId);
    let total = others.reduce((sum, answer) => sum + answer.bytes, bytes);
    for (const { tabId: oldest, bytes: before } of others.toSorted((a, b) => a.savedAt - b.savedAt)) {
      const snapshot = total > maxKeptBytes ? await store.read(oldest) : undefined;
      if (snapshot !== undefined) {
        const stripped = stripSnapshot(snapshot);
        await store.write(oldest, stripped);
        kept.set(oldest, { tabId: oldest, bytes: stripped.bytes, savedAt: stripped.savedAt });
        total += stripped.bytes - before;
      }
    }
  }

  function save(tabId: string): void {
    clearTimeout(timers.get(tabId));
    timers.delete(tabId);
    const call = calls.get(tabId);
    const state = call !== undefined && isOpen(tabId) ? call.getState() : undefined;
    const savedAt = state?.restored?.savedAt ?? now();
    const snapshot = state && takeSnapshot(state, savedAt);
    if (snapshot !== undefined) {
      enqueue(async () => {
        await store.write(tabId, snapshot);
        kept.set(tabId, { tabId, bytes: snapshot.bytes, savedAt });
        await makeRoom(tabId, snapshot.bytes);
      });
    }
  }

  function saveSoon(tabId: string, call: Call): void {
    const { phase, restored } = call.getState();
    if (restored !== undefined) {
      return;
    }
    if (phase.kind === "closed") {
      clearTimeout(timers.get(tabId));
      timers.set(tabId, setTimeout(save, endedDelayMs, tabId));
    } else if (!timers.has(tabId)) {
      timers.set(tabId, setTimeout(save, runningDelayMs, tabId));
    }
  }

  function forget(tabId: string): void {
    clearTimeout(timers.get(tabId));
    timers.delete(tabId);
    enqueue(async () => {
      kept.delete(tabId);
      await store.remove(tabId);
    });
  }

  enqueue(forgetStrays);
  page.addEventListener("pagehide", () => [...timers.keys()].forEach(save));
  workbench.store.subscribe(({ tabs, closed }, { tabs: before }) => {
    if (tabs === before) {
      return;
    }
    const ids = new Set(tabs.map(({ id }) => id));
    const idsBefore = new Set(before.map(({ id }) => id));
    [...idsBefore].filter((id) => !ids.has(id)).forEach(forget);
    [...ids].filter((id) => !idsBefore.has(id)).forEach(save);
    const canReturn = new Set(closed.map(({ tab }) => tab.id));
    for (const id of [...calls.keys()].filter((tabId) => !ids.has(tabId) && !canReturn.has(tabId))) {
      calls.delete(id);
    }
  });

  return {
    follow(tabId, call, subject) {
      calls.set(tabId, call);
      enqueue(async () => {
        const snapshot = kept.has(tabId) ? await store.read(tabId) : undefined;
        const state = snapshot && restoreState(snapshot, subject);
        if (state !== undefined) {
          call.restore(state);
        }
      });
      call.subscribe(() => saveSoon(tabId, call));
    },
  };
}
