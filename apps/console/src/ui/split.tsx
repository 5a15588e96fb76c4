import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import classes from "./split.module.css";

/** Props of `Split`. */
export interface SplitProps {
  readonly direction: "beside" | "stacked";
  /** The first part's share of the space, between 0 and 1. */
  readonly share: number;
  readonly onShareChange: (share: number) => void;
  /** The separator's accessible name. */
  readonly label: string;
  readonly first: ReactNode;
  readonly second: ReactNode;
}

const least = 0.15;
const most = 0.85;
const keyStep = 0.02;

/** Two panes and a separator between them, moved by dragging, by the arrow keys, and to the ends by Home and End. */
export function Split({ direction, share, onShareChange, label, first, second }: SplitProps) {
  const frame = useRef<HTMLDivElement>(null);
  const move = (next: number) => onShareChange(Math.min(most, Math.max(least, next)));
  const onPointerMove = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) {
      return;
    }
    move(direction === "beside" ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = shareAfterKey(event.key, share);
    if (next !== undefined) {
      event.preventDefault();
      move(next);
    }
  };
  return (
    <div ref={frame} className={classes.frame} data-direction={direction} style={{ "--share": `${share * 100}%` }}>
      <div className={classes.pane}>{first}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget, which no element is. */}
      <div
        role="separator"
        tabIndex={0}
        className={classes.separator}
        aria-label={label}
        aria-orientation={direction === "beside" ? "vertical" : "horizontal"}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={least * 100}
        aria-valuemax={most * 100}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      <div className={classes.pane}>{second}</div>
    </div>
  );
}

function shareAfterKey(key: string, share: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
    case "ArrowUp":
      return share - keyStep;
    case "ArrowRight":
    case "ArrowDown":
      return share + keyStep;
    case "Home":
      return least;
    case "End":
      return most;
    default:
      return undefined;
  }
}
