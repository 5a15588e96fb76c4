import { canSend, isRunning } from "../../request/call-actions.ts";
import { sendsMany } from "../../request/check-draft.ts";
import { chooseLanguage, languages } from "../languages/languages.ts";
import type { Services } from "../services.ts";
import { subjectOf } from "../target/subject.ts";
import { closeTab } from "../workbench/close-tab.ts";
import type { Chord } from "./chord.ts";

/** What the page can do at a key: each is also a key of the language catalogues under `keys`. */
export type ActionId =
  | "palette"
  | "send"
  | "halfClose"
  | "cancel"
  | "paste"
  | "view"
  | "wire"
  | "compare"
  | "tree"
  | "arrange"
  | "filter"
  | "target"
  | "refresh"
  | "nextTab"
  | "previousTab"
  | "closeTab"
  | "reopenTab"
  | "duplicateTab"
  | "start"
  | "theme"
  | "language"
  | "help";

/** One thing that the page can do, by its key and from the palette. */
export interface PageAction {
  readonly id: ActionId;
  readonly chord: Chord;
  /** Whether it can be done now; its key is the browser's where it can't. */
  isEnabled(): boolean;
  run(): void;
}

/** What the shell does for actions that change what is shown of it. */
export interface ShellControls {
  readonly showPalette: () => void;
  readonly toggleTree: () => void;
  readonly focusFilter: () => void;
  readonly chooseTarget: () => void;
  readonly showKeys: () => void;
  readonly toggleTheme: () => void;
}

/** Creates the actions of the page, in the order in which they are listed. Chords without a command key work outside text fields alone. */
export function createPageActions(services: Services, shell: ShellControls): readonly PageAction[] {
  return [...callActions(services), ...viewActions(services, shell), ...tabActions(services)];
}

const always = () => true;

function callActions(services: Services): readonly PageAction[] {
  const { preferences } = services;
  const active = () => activeCall(services);
  const hasCall = () => active() !== undefined;
  const showAnswer = (tab: string) => active()?.session.answerTab.setState({ tab });
  return [
    { id: "send", chord: { key: "Enter", command: true }, isEnabled: always, run: () => sendOn(active()) },
    {
      id: "halfClose",
      chord: { key: "Enter", command: true, shift: true },
      isEnabled: hasCall,
      run: () => active()?.session.actions.halfClose(),
    },
    {
      id: "cancel",
      chord: { key: "Escape" },
      isEnabled: () => {
        const found = active();
        return found !== undefined && isRunning(found.session.call);
      },
      run: () => active()?.session.actions.cancel(),
    },
    { id: "paste", chord: { key: "p" }, isEnabled: hasCall, run: () => active()?.session.desk.openPanel() },
    {
      id: "view",
      chord: { key: "e" },
      isEnabled: hasCall,
      run: () => preferences.setState(({ messageView }) => ({ messageView: messageView === "form" ? "json" : "form" })),
    },
    { id: "wire", chord: { key: "w" }, isEnabled: hasCall, run: () => showAnswer("wire") },
    { id: "compare", chord: { key: "c" }, isEnabled: hasCall, run: () => showAnswer("compare") },
  ];
}

function viewActions(services: Services, shell: ShellControls): readonly PageAction[] {
  const { preferences, schemas, workbench, storage } = services;
  return [
    { id: "palette", chord: { key: "k", command: true }, isEnabled: always, run: shell.showPalette },
    { id: "tree", chord: { key: "b", command: true }, isEnabled: always, run: shell.toggleTree },
    {
      id: "arrange",
      chord: { key: "\\", command: true },
      isEnabled: always,
      run: () =>
        preferences.setState(({ arrangement }) => ({ arrangement: arrangement === "beside" ? "stacked" : "beside" })),
    },
    { id: "filter", chord: { key: "/" }, isEnabled: always, run: shell.focusFilter },
    { id: "target", chord: { key: "t" }, isEnabled: always, run: shell.chooseTarget },
    {
      id: "refresh",
      chord: { key: "r" },
      isEnabled: always,
      run: () => void schemas.refresh(workbench.store.getState().target, { askTarget: true }),
    },
    { id: "theme", chord: { key: "m" }, isEnabled: always, run: shell.toggleTheme },
    {
      id: "language",
      chord: { key: "l" },
      isEnabled: always,
      run: () => {
        const { language } = services.languages;
        const at = languages.findIndex(({ tag }) => tag === language);
        const next = languages[(at + 1) % languages.length];
        void chooseLanguage(services.languages, next?.tag ?? "en", storage);
      },
    },
    { id: "help", chord: { key: "?" }, isEnabled: always, run: shell.showKeys },
  ];
}

function tabActions(services: Services): readonly PageAction[] {
  const { workbench } = services;
  const activeId = () => workbench.store.getState().activeId;
  const step = (by: number) => {
    const { tabs, activeId: shown } = workbench.store.getState();
    const at = tabs.findIndex(({ id }) => id === shown);
    workbench.activate(tabs.at((at + by) % tabs.length)?.id);
  };
  const hasOthers = () => workbench.store.getState().tabs.length > 1;
  return [
    { id: "nextTab", chord: { key: "]" }, isEnabled: hasOthers, run: () => step(1) },
    { id: "previousTab", chord: { key: "[" }, isEnabled: hasOthers, run: () => step(-1) },
    {
      id: "closeTab",
      chord: { key: "x" },
      isEnabled: () => activeId() !== undefined,
      run: () => closeTab(services, activeId() ?? ""),
    },
    {
      id: "reopenTab",
      chord: { key: "z" },
      isEnabled: () => workbench.store.getState().closed.length > 0,
      run: workbench.undoClose,
    },
    {
      id: "duplicateTab",
      chord: { key: "d" },
      isEnabled: () => activeId() !== undefined,
      run: () => {
        const tab = workbench.store.getState().tabs.find(({ id }) => id === activeId());
        if (tab !== undefined) {
          workbench.open(tab.route, tab.draft);
        }
      },
    },
    { id: "start", chord: { key: "h" }, isEnabled: always, run: () => workbench.activate(undefined) },
  ];
}

type ActiveCall = ReturnType<typeof activeCall>;

/** What the button that is filled would do: send, open the stream, or send the message on it. */
function sendOn(active: ActiveCall): void {
  if (active === undefined) {
    return;
  }
  const { method, session } = active;
  if (sendsMany(method) && canSend(session.call, method)) {
    session.actions.sendMessages();
  } else if (!isRunning(session.call)) {
    session.actions.start();
  }
}

function activeCall(services: Services) {
  const { workbench, sessions } = services;
  const { tabs, activeId } = workbench.store.getState();
  const tab = tabs.find(({ id }) => id === activeId);
  const subject = tab && subjectOf(services, tab.route);
  return subject && { method: subject.method, session: sessions.of(tab, subject) };
}
