import { useEffect, useRef } from "react";

/** What the keys of a stream's view do. */
export interface StreamKeys {
  /** Selects the message so many rows further on. */
  readonly step: (by: number) => void;
  readonly toggleFollow: () => void;
  readonly togglePause: () => void;
}

/** A key that was pressed, as React and the browser both tell it. */
export type PressedKey = Pick<
  KeyboardEvent,
  "key" | "altKey" | "ctrlKey" | "metaKey" | "defaultPrevented" | "preventDefault"
>;

const pageRows = 12;

/**
 * Handles J, K, arrows, F and Space. The answer is for the list's own key events; the same keys work while nothing on
 * the page has the focus.
 */
export function useStreamKeys(keys: StreamKeys): (event: PressedKey) => void {
  const latest = useRef(keys);
  latest.current = keys;
  const onKey = useRef((event: PressedKey) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) {
      return;
    }
    const act = actionOf(event.key, latest.current);
    if (act !== undefined) {
      event.preventDefault();
      act();
    }
  });
  useEffect(() => {
    const handle = onKey.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target === document.body) {
        handle(event);
      }
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  return onKey.current;
}

function actionOf(key: string, { step, toggleFollow, togglePause }: StreamKeys): (() => void) | undefined {
  switch (key) {
    case "j":
    case "ArrowDown":
      return () => step(1);
    case "k":
    case "ArrowUp":
      return () => step(-1);
    case "PageDown":
      return () => step(pageRows);
    case "PageUp":
      return () => step(-pageRows);
    case "Home":
      return () => step(Number.NEGATIVE_INFINITY);
    case "End":
      return () => step(Number.POSITIVE_INFINITY);
    case "f":
      return toggleFollow;
    case " ":
      return togglePause;
    default:
      return undefined;
  }
}
