import { createStore, type StoreApi } from "zustand/vanilla";
import type { TextStorage } from "../storage.ts";
import { serializeTabs } from "./tab-persistence.ts";
import type { Workbench } from "./workbench-store.ts";

/** Where the tabs are stored. */
export const tabsKey = "switchboard.tabs";

const delayMs = 400;

/** What keeping the tabs needs of the page. */
export interface KeepTabsOptions {
  readonly workbench: Workbench;
  readonly storage: TextStorage;
  /** Told when the page may be about to go: listens for `pagehide` and `visibilitychange`. */
  readonly page: EventTarget;
}

/** Stores the tabs shortly after each change and when the page goes. Answers whether the last attempt succeeded. */
export function keepTabs({ workbench, storage, page }: KeepTabsOptions): StoreApi<{ readonly isKept: boolean }> {
  const outcome = createStore<{ readonly isKept: boolean }>(() => ({ isKept: true }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isChanged = false;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!isChanged) {
      return;
    }
    isChanged = false;
    const isKept = storage.write(tabsKey, serializeTabs(workbench.store.getState()));
    if (isKept !== outcome.getState().isKept) {
      outcome.setState({ isKept });
    }
  };
  workbench.store.subscribe((state, previous) => {
    if (state.tabs !== previous.tabs || state.activeId !== previous.activeId || state.target !== previous.target) {
      isChanged = true;
      timer ??= setTimeout(flush, delayMs);
    }
  });
  page.addEventListener("pagehide", flush);
  page.addEventListener("visibilitychange", flush);
  return outcome;
}
