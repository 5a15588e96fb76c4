import { useEffect } from "react";
import { canSend, isRunning } from "../../request/call-actions.ts";
import { sendsMany } from "../../request/check-draft.ts";
import { type Services, useServices } from "../services.ts";
import { subjectOf } from "../target/subject.ts";

/** What keys do that the shell itself has to do. */
export interface ShellShortcuts {
  readonly toggleSidebar: () => void;
  readonly focusFilter: () => void;
  readonly chooseTarget: () => void;
  readonly showKeys: () => void;
}

/** Listens for the keys that work everywhere on the page. */
export function useShortcuts(shell: ShellShortcuts): void {
  const services = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !event.isComposing && handleKey(event, services, shell)) {
        event.preventDefault();
      }
    };
    // Listens last, so that a field, a menu or a dialog can take a key for itself first.
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  });
}

function handleKey(event: KeyboardEvent, services: Services, shell: ShellShortcuts): boolean {
  if (isDialogs(event)) {
    return false;
  }
  if (event.ctrlKey || event.metaKey) {
    return !event.altKey && handleCommand(event, services, shell);
  }
  if (event.altKey) {
    return /^Digit[1-9]$/.test(event.code) && showTab(services, Number(event.code.slice("Digit".length)));
  }
  if (event.key === "Escape") {
    return cancelCall(services);
  }
  if (isTyping(event.target)) {
    return false;
  }
  if (event.key === "/") {
    shell.focusFilter();
    return true;
  }
  if (event.key === "?") {
    shell.showKeys();
    return true;
  }
  return handleTargetKey(event.key, services, shell);
}

function handleTargetKey(key: string, { workbench, schemas }: Services, shell: ShellShortcuts): boolean {
  switch (key) {
    case "t":
      shell.chooseTarget();
      return true;
    case "r":
      void schemas.refresh(workbench.store.getState().target, { askTarget: true });
      return true;
    default:
      return false;
  }
}

/** Whether a dialog is open, or was until it took this very key. */
function isDialogs({ target }: KeyboardEvent): boolean {
  const dialog = '[aria-modal="true"]';
  return document.querySelector(dialog) !== null || (target instanceof Element && target.closest(dialog) !== null);
}

function handleCommand(event: KeyboardEvent, services: Services, shell: ShellShortcuts): boolean {
  switch (event.key) {
    case "Enter":
      event.shiftKey ? activeCall(services)?.session.actions.halfClose() : primaryAction(services);
      return true;
    case "b":
      shell.toggleSidebar();
      return true;
    case "\\":
      services.preferences.setState(({ arrangement }) => ({
        arrangement: arrangement === "beside" ? "stacked" : "beside",
      }));
      return true;
    default:
      return false;
  }
}

/** What the button that is filled would do: send, open the stream, or send the message on it. */
function primaryAction(services: Services): void {
  const active = activeCall(services);
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

function cancelCall(services: Services): boolean {
  const active = activeCall(services);
  if (active === undefined || !isRunning(active.session.call)) {
    return false;
  }
  active.session.actions.cancel();
  return true;
}

function showTab({ workbench }: Services, position: number): boolean {
  const tab = workbench.store.getState().tabs[position - 1];
  if (tab !== undefined) {
    workbench.activate(tab.id);
  }
  return tab !== undefined;
}

function activeCall(services: Services) {
  const { workbench, sessions } = services;
  const { tabs, activeId } = workbench.store.getState();
  const tab = tabs.find(({ id }) => id === activeId);
  const subject = tab && subjectOf(services, tab.route);
  return subject && { method: subject.method, session: sessions.of(tab, subject) };
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
