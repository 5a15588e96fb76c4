import { createStore, type StoreApi } from "zustand/vanilla";
import { createDraft, type Draft } from "../../request/draft.ts";
import type { MethodRoute } from "../route.ts";
import type { OpenTab } from "./open-tab.ts";

/** The tabs that are open. Replaced, never changed. */
export interface WorkbenchState {
  readonly tabs: readonly OpenTab[];
  /** Undefined while the target's own page is shown. */
  readonly activeId: string | undefined;
  /** The target whose methods are shown: that of the active tab, where there is one. */
  readonly target: string;
  /** Tabs that were closed and can be brought back, the last one first; at most `maxClosedTabs`. */
  readonly closed: readonly ClosedTab[];
  /** The tab of which the page asks whether it is to be closed, since its call is under way. */
  readonly askedToClose: string | undefined;
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

/** The most closed tabs that can be brought back. */
export const maxClosedTabs = 10;

/** The open tabs and what can be done with them. */
export interface Workbench {
  readonly store: StoreApi<WorkbenchState>;
  /**
   * Opens a new tab beside the active one and shows it; does nothing when `maxTabs` are open. Without a draft it has the
   * method's example, as soon as that is known. Answers the tab shown.
   */
  open(route: MethodRoute, draft: Draft | undefined): OpenTab | undefined;
  /** Shows a tab, or the page of the target for undefined. */
  activate(id: string | undefined): void;
  /** Shows the page of a target. */
  showTarget(name: string): void;
  /** Lets all tabs of a target follow its new name. */
  renameTarget(from: string, to: string): void;
  close(id: string): void;
  /** Lets the page ask whether a tab is to be closed; undefined takes the question back. */
  askToClose(id: string | undefined): void;
  /** Brings the tab that was closed last back to its place. */
  undoClose(): void;
  change(id: string, change: Partial<Draft>): void;
  /** Notes that a tab's draft has been sent as it is now. */
  markSent(id: string): void;
  /** Puts examples into the drafts that await theirs; undefined where it isn't known yet. */
  fillExamples(exampleOf: (route: MethodRoute) => string | undefined): void;
}

/** What a workbench begins with. */
export interface WorkbenchOptions {
  readonly tabs: readonly OpenTab[];
  readonly activeId: string | undefined;
  readonly target: string;
  readonly createId: () => string;
}

/** Creates the workbench of one page. */
export function createWorkbench({ tabs, activeId, target, createId }: WorkbenchOptions): Workbench {
  const store = createStore<WorkbenchState>(() => ({
    tabs,
    activeId,
    target,
    closed: [],
    askedToClose: undefined,
    isFull: false,
  }));
  return {
    store,
    open(route, draft) {
      const { tabs: open, activeId: active } = store.getState();
      if (open.length >= maxTabs) {
        store.setState({ isFull: true });
        return undefined;
      }
      const blank = draft === undefined ? { awaitsExample: true } : {};
      const tab = { id: createId(), route, draft: draft ?? createDraft(""), ...blank };
      const position = open.findIndex(({ id }) => id === active) + 1 || open.length;
      store.setState({ tabs: open.toSpliced(position, 0, tab), activeId: tab.id, target: route.target });
      return tab;
    },
    activate(id) {
      store.setState(({ tabs: open, target: shown }) => ({ activeId: id, target: targetOf(open, id) ?? shown }));
    },
    showTarget(name) {
      store.setState({ activeId: undefined, target: name });
    },
    renameTarget(from, to) {
      const follow = (tab: OpenTab) =>
        tab.route.target === from ? { ...tab, route: { ...tab.route, target: to } } : tab;
      store.setState(({ tabs: open, closed, target: shown }) => ({
        target: shown === from ? to : shown,
        tabs: open.map(follow),
        closed: closed.map(({ tab, position }) => ({ tab: follow(tab), position })),
      }));
    },
    close(id) {
      store.setState((state) => closeTab(state, id));
    },
    askToClose(id) {
      store.setState({ askedToClose: id });
    },
    undoClose() {
      store.setState((state) => reopenTab(state));
    },
    change(id, change) {
      store.setState(({ tabs: open }) => ({
        tabs: open.map((tab) =>
          tab.id === id
            ? {
                id,
                route: tab.route,
                draft: { ...tab.draft, ...change },
                isChanged: true,
                ...stillAwaits(tab, change),
              }
            : tab,
        ),
      }));
    },
    markSent(id) {
      const { tabs: open } = store.getState();
      if (open.some((tab) => tab.id === id && tab.isChanged === true)) {
        store.setState({ tabs: open.map((tab) => (tab.id === id ? { ...tab, isChanged: false } : tab)) });
      }
    },
    fillExamples(exampleOf) {
      const { tabs: open } = store.getState();
      const filled = open.map((tab) => {
        const text = tab.awaitsExample === true ? exampleOf(tab.route) : undefined;
        return text === undefined ? tab : { id: tab.id, route: tab.route, draft: { ...tab.draft, text } };
      });
      if (filled.some((tab, position) => tab !== open[position])) {
        store.setState({ tabs: filled });
      }
    },
  };
}

function targetOf(tabs: readonly OpenTab[], id: string | undefined): string | undefined {
  return tabs.find((tab) => tab.id === id)?.route.target;
}

/** A draft whose text was typed needs no example any more. */
function stillAwaits({ awaitsExample }: OpenTab, change: Partial<Draft>): Pick<OpenTab, "awaitsExample"> {
  return awaitsExample === true && change.text === undefined ? { awaitsExample } : {};
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
  const next = activeId === id ? neighbour?.id : activeId;
  const target = targetOf(rest, next) ?? state.target;
  const closed = [{ tab, position }, ...state.closed].slice(0, maxClosedTabs);
  const askedToClose = state.askedToClose === id ? undefined : state.askedToClose;
  return { tabs: rest, activeId: next, target, closed, askedToClose, isFull: false };
}

function reopenTab(state: WorkbenchState): Partial<WorkbenchState> {
  const [last, ...closed] = state.closed;
  if (last === undefined) {
    return {};
  }
  if (state.tabs.length >= maxTabs) {
    return { isFull: true };
  }
  const tabs = state.tabs.toSpliced(last.position, 0, last.tab);
  return { tabs, activeId: last.tab.id, target: last.tab.route.target, closed };
}
