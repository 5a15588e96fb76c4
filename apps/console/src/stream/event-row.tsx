import type { MessageEvent } from "../call/event-log.ts";
import { countText, sizeText } from "../ui/format-figures.ts";
import hidden from "../ui/visually-hidden.module.css";
import classes from "./stream-view.module.css";

/** Props of `EventRow`. */
export interface EventRowProps {
  readonly event: MessageEvent;
  /** The message as JSON on one line. */
  readonly text: string;
  /** Its place from the top in pixels. */
  readonly top: number;
  /** Its direction in the page's language. */
  readonly directionWord: string;
  readonly isSelected: boolean;
  readonly total: number;
  readonly onSelect: (event: MessageEvent) => void;
}

/** The DOM id of a message's row, which the list names as its active one. */
export function rowId(index: number): string {
  return `message-${index}`;
}

/** One message in the timeline: direction, place, time, size and what it says. */
export function EventRow({ event, text, top, directionWord, isSelected, total, onSelect }: EventRowProps) {
  const { direction, ordinal, atMs, wireBytes, index } = event;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of all its rows.
    <div
      id={rowId(index)}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={index + 1}
      className={classes.row}
      data-direction={direction}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(event)}
    >
      <span className={classes.arrow} aria-hidden="true">
        {direction === "sent" ? "↑" : "↓"}
      </span>
      <span className={hidden.hidden}>{directionWord}</span>
      <span className={classes.ordinal}>{countText(ordinal)}</span>
      <span className={classes.time}>+{(atMs / 1_000).toFixed(3)} s</span>
      <span className={classes.size}>{sizeText(wireBytes)}</span>
      <span className={classes.text}>{text}</span>
    </div>
  );
}
