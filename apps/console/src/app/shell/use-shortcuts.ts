import { useEffect } from "react";
import { isChord } from "../actions/chord.ts";
import type { PageAction } from "../actions/page-actions.ts";
import { type Services, useServices } from "../services.ts";

/** Listens for the keys of the page's actions, and for Alt with a figure, which shows a tab. */
export function useShortcuts(actions: readonly PageAction[]): void {
  const services = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !event.isComposing && handleKey(event, services, actions)) {
        event.preventDefault();
      }
    };
    // Listens last, so that a field, a menu or a dialog can take a key for itself first.
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  });
}

function handleKey(event: KeyboardEvent, services: Services, actions: readonly PageAction[]): boolean {
  if (isDialogs(event)) {
    return false;
  }
  if (event.altKey) {
    const isFigure = !event.ctrlKey && !event.metaKey && /^Digit[1-9]$/.test(event.code);
    return isFigure && showTab(services, Number(event.code.slice("Digit".length)));
  }
  const action = actions.find(({ chord }) => isChord(event, chord));
  if (action === undefined || (writesText(event) && isTyping(event.target)) || !action.isEnabled()) {
    return false;
  }
  action.run();
  return true;
}

/** Whether a dialog is open, or was until it took this very key. */
function isDialogs({ target }: KeyboardEvent): boolean {
  const dialog = '[aria-modal="true"], dialog[open]';
  return document.querySelector(dialog) !== null || (target instanceof Element && target.closest(dialog) !== null);
}

function showTab({ workbench }: Services, position: number): boolean {
  const tab = workbench.store.getState().tabs[position - 1];
  if (tab !== undefined) {
    workbench.activate(tab.id);
  }
  return tab !== undefined;
}

function writesText({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && key !== "Escape";
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
