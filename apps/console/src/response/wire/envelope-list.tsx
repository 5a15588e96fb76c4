import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EventLog, MessageEvent } from "../../call/event-log.ts";
import { countText, sizeText } from "../../ui/format-figures.ts";
import hidden from "../../ui/visually-hidden.module.css";
import { byteText, flagWords } from "./envelope.ts";
import classes from "./wire-panel.module.css";

/** Props of `EnvelopeList`. */
export interface EnvelopeListProps {
  readonly log: EventLog;
  readonly selected: MessageEvent | undefined;
  readonly onSelect: (event: MessageEvent) => void;
}

const rowHeight = 24;

/** The messages of a call with what their envelopes say. Only the rows in sight are drawn. */
export function EnvelopeList({ log, selected, onSelect }: EnvelopeListProps) {
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: log.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const at = selected === undefined ? -1 : selected.index - log.dropped;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls.
  useEffect(() => {
    if (at >= 0) {
      virtual.scrollToIndex(at, { align: "auto" });
    }
  }, [selected?.index]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: log.length - 1 }[event.key];
    const next = to === undefined ? undefined : log.at(to);
    if (next !== undefined) {
      event.preventDefault();
      onSelect(next);
    }
  };
  return (
    <div
      ref={scroll}
      role="listbox"
      tabIndex={0}
      aria-label={t("wire.envelopes")}
      aria-activedescendant={selected === undefined ? undefined : `${id}-${selected.index}`}
      className={classes.list}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const event = log.at(index);
          return event === undefined ? null : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of all its rows.
            <div
              key={event.index}
              id={`${id}-${event.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={event.index === selected?.index}
              aria-setsize={log.total}
              aria-posinset={event.index + 1}
              className={classes.row}
              data-direction={event.direction}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => onSelect(event)}
            >
              <EnvelopeCells event={event} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function EnvelopeCells({ event: { direction, ordinal, atMs, wire, wireBytes } }: { readonly event: MessageEvent }) {
  const { t } = useTranslation();
  const flags = wire?.flags;
  return (
    <>
      <span className={classes.arrow} aria-hidden="true">
        {direction === "sent" ? "↑" : "↓"}
      </span>
      <span className={hidden.hidden}>{t(`wire.direction.${direction}`)}</span>
      <span className={classes.ordinal}>{countText(ordinal)}</span>
      <span className={classes.time}>+{(atMs / 1_000).toFixed(3)} s</span>
      <span className={classes.flags}>
        {flags === undefined ? (
          wire === undefined ? (
            t("wire.unknownFlags")
          ) : (
            t("wire.noEnvelope")
          )
        ) : (
          <>
            <code>{byteText(flags)}</code>{" "}
            {flagWords(flags)
              .map((word) => t(`wire.flag.${word}`))
              .join(", ")}
          </>
        )}
      </span>
      <span className={classes.size}>{sizeText(wire?.carriedBytes ?? wireBytes)}</span>
      <span className={classes.compression}>
        {wire === undefined
          ? t("wire.bytesNotKept")
          : wire.compression === undefined
            ? t(`wire.format.${wire.format}`)
            : `${wire.compression} → ${sizeText(wire.payload.byteLength)} ${t(`wire.format.${wire.format}`)}`}
      </span>
    </>
  );
}
