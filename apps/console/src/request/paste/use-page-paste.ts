import { type RefObject, useEffect, useRef } from "react";

/**
 * Listens for what is pasted where nothing takes it: on the request's pane, or on the page while nothing has the
 * focus. Fields, editors and dialogs keep what is pasted into them.
 */
export function usePagePaste(pane: RefObject<HTMLElement | null>, onPaste: (text: string) => void): void {
  const latest = useRef(onPaste);
  latest.current = onPaste;
  useEffect(() => {
    const listen = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!event.defaultPrevented && text !== "" && isFree(document.activeElement, pane.current)) {
        event.preventDefault();
        latest.current(text);
      }
    };
    document.addEventListener("paste", listen);
    return () => document.removeEventListener("paste", listen);
  }, [pane]);
}

/**
 * Whether nothing else takes a paste: the focus is on the pane, on a part of it that is no field, or on what the pane
 * stands in. The paste's own target tells nothing: it is where text was last clicked.
 */
function isFree(focused: Element | null, pane: HTMLElement | null): boolean {
  if (pane === null || document.querySelector('[aria-modal="true"]') !== null) {
    return false;
  }
  const isField =
    focused instanceof HTMLElement &&
    (focused.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(focused.tagName));
  return focused === null || (!isField && (focused.contains(pane) || pane.contains(focused)));
}
