import type { Sessions } from "./sessions.ts";
import type { Workbench } from "./workbench-store.ts";

/** What closing a tab needs. */
export interface CloseTabOptions {
  readonly workbench: Workbench;
  readonly sessions: Sessions;
}

/** Closes a tab; where its call is under way, asks first. */
export function closeTab({ workbench, sessions }: CloseTabOptions, tabId: string): void {
  if (sessions.live.getState().has(tabId)) {
    workbench.askToClose(tabId);
  } else {
    workbench.close(tabId);
  }
}
