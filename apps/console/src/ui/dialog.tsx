import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from "react";
import classes from "./dialog.module.css";
import { IconButton } from "./icon-button.tsx";

/** Props of `Dialog`. */
export interface DialogProps {
  /** Its heading; with a `label` instead it has none. */
  readonly title?: string;
  /** Its accessible name where it has no heading. */
  readonly label?: string;
  /** The name of the button that closes it; without one, Escape and a click beside it do. */
  readonly closeLabel?: string;
  /** Its greatest width in pixels. Default 460. */
  readonly width?: number;
  /** Escape, the button, or a click beside it. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A modal dialog, by the browser's own element: it keeps the focus within, and gives it back when it goes. The part with
 * `data-autofocus` has the focus at first, or else the first that can.
 */
export function Dialog({ title, label, closeLabel, width = 460, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the page is drawn, so that what is typed right behind its key reaches it.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => element?.close();
  }, []);
  const onClick = (event: MouseEvent) => {
    if (event.target === event.currentTarget) {
      onClose();
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a click beside the dialog does.
    <dialog
      ref={dialog}
      className={classes.dialog}
      style={{ maxWidth: `min(${width}px, 94vw)` }}
      aria-label={label}
      aria-labelledby={title === undefined ? undefined : titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={onClick}
    >
      <div className={classes.content}>
        {title === undefined ? null : (
          <header className={classes.head}>
            <h2 id={titleId}>{title}</h2>
            {closeLabel === undefined ? null : <IconButton icon="close" label={closeLabel} onClick={onClose} />}
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
