import { createStore, type StoreApi } from "zustand/vanilla";
import type { Draft } from "../../request/draft.ts";
import type { MethodRoute } from "../route.ts";
import type { OpenTab } from "./open-tab.ts";

/** The tabs that are open. Replaced, never changed. */
export interface WorkbenchState {
  readonly tabs: readonly OpenTab[];
  /** Undefined while the first-minute page is shown. */
  readonly activeId: string | undefined;
  /** The tab that was closed last, while it can be brought back. */
  readonly closed: ClosedTab | undefined;
  /** Whether a tab could not be opened because there is no room, until another is closed. */
  readonly isFull: boolean;
}

/** A closed tab and where it stood. */
export interface ClosedTab {
  readonly tab: OpenTab;
  readonly position: number;
}

/** The most tabs that can be open: their drafts must fit the browser's storage. */
export const maxTabs = 50;

/** The open tabs and what can be done with them. */
export interface Workbench {
  readonly store: StoreApi<WorkbenchState>;
  /** Opens a new tab beside the active one and shows it; does nothing when `maxTabs` are open. Answers the tab shown. */
  open(route: MethodRoute, draft: Draft): OpenTab | undefined;
  /** Shows a tab, or the first-minute page for undefined. */
  activate(id: string | undefined): void;
  close(id: string): void;
  /** Brings the tab that was closed last back to its place. */
  undoClose(): void;
  /** Gives up the tab that was closed last. */
  forgetClosed(): void;
  change(id: string, change: Partial<Draft>): void;
}

/** What a workbench begins with. */
export interface WorkbenchOptions {
  readonly tabs: readonly OpenTab[];
  readonly activeId: string | undefined;
  readonly createId: () => string;
}

/** Creates the workbench of one page. */
export function createWorkbench({ tabs, activeId, createId }: WorkbenchOptions): Workbench {
  const store = createStore<WorkbenchState>(() => ({ tabs, activeId, closed: undefined, isFull: false }));
  return {
    store,
    open(route, draft) {
      const { tabs: open, activeId: active } = store.getState();
      if (open.length >= maxTabs) {
        store.setState({ isFull: true });
        return undefined;
      }
      const tab = { id: createId(), route, draft };
      const position = open.findIndex(({ id }) => id === active) + 1 || open.length;
      store.setState({ tabs: open.toSpliced(position, 0, tab), activeId: tab.id });
      return tab;
    },
    activate(id) {
      store.setState({ activeId: id });
    },
    close(id) {
      store.setState((state) => closeTab(state, id));
    },
    undoClose() {
      store.setState(({ tabs: open, closed, activeId: active }) =>
        closed === undefined
          ? { activeId: active }
          : { tabs: open.toSpliced(closed.position, 0, closed.tab), activeId: closed.tab.id, closed: undefined },
      );
    },
    forgetClosed() {
      store.setState({ closed: undefined });
    },
    change(id, change) {
      store.setState(({ tabs: open }) => ({
        tabs: open.map((tab) => (tab.id === id ? { ...tab, draft: { ...tab.draft, ...change } } : tab)),
      }));
    },
  };
}

function closeTab(state: WorkbenchState, id: string): WorkbenchState {
  const { tabs, activeId } = state;
  const position = tabs.findIndex((tab) => tab.id === id);
  const tab = tabs[position];
  if (tab === undefined) {
    return state;
  }
  const rest = tabs.toSpliced(position, 1);
  const neighbour = rest[Math.min(position, rest.length - 1)];
  return { tabs: rest, activeId: activeId === id ? neighbour?.id : activeId, closed: { tab, position }, isFull: false };
}
