import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { EventLog, MessageEvent } from "../call/event-log.ts";
import { EventRow, rowId } from "./event-row.tsx";
import { eventText } from "./event-text.ts";
import type { FilteredLog } from "./filtered-log.ts";
import { rowHeight } from "./row-window.ts";
import classes from "./stream-view.module.css";
import { useRowWindow } from "./use-row-window.ts";
import type { PressedKey } from "./use-stream-keys.ts";

/** Props of `EventList`. */
export interface EventListProps {
  readonly rows: FilteredLog;
  readonly log: EventLog;
  readonly method: DescMethod;
  readonly registry: Registry;
  readonly selectedIndex: number | undefined;
  /** Whether the newest message is kept in sight. */
  readonly isFollowing: boolean;
  /** The list was scrolled up by hand. */
  readonly onLeaveTail: () => void;
  readonly onSelect: (event: MessageEvent) => void;
  readonly onKey: (event: PressedKey) => void;
}

const shownLength = 400;

/** The rows of a timeline, of which only those in sight are drawn. */
export function EventList(props: EventListProps) {
  const { rows, log, method, registry, selectedIndex, isFollowing, onLeaveTail, onSelect, onKey } = props;
  const { t } = useTranslation();
  const { list, first, end, onScroll, reveal } = useRowWindow({
    count: rows.length,
    dropped: log.dropped,
    isFollowing,
    onLeaveTail,
  });
  const directionWords = { sent: t("stream.direction.sent"), received: t("stream.direction.received") };
  const drawn = Array.from({ length: end - first }, (_, slot) => first + slot);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls.
  useEffect(() => {
    if (selectedIndex !== undefined && !isFollowing) {
      reveal(rows.positionOf(selectedIndex));
    }
  }, [selectedIndex]);

  return (
    <div role="log" aria-live="off" aria-label={t("stream.log")} className={classes.log}>
      {rows.length === 0 ? (
        <p className={classes.none}>{log.total === 0 ? t("stream.none") : t("stream.noneMatch")}</p>
      ) : null}
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        hidden={rows.length === 0}
        aria-label={t("stream.log")}
        aria-activedescendant={selectedIndex === undefined ? undefined : rowId(selectedIndex)}
        className={classes.list}
        onKeyDown={onKey}
        onScroll={onScroll}
        onWheel={({ deltaY }) => (deltaY < 0 ? onLeaveTail() : undefined)}
      >
        <div role="presentation" className={classes.rows} style={{ height: rows.length * rowHeight }}>
          {drawn.map((position, slot) => {
            const event = rows.at(position);
            return event === undefined ? null : (
              <EventRow
                // A row that scrolls out lends its element to one that comes in: pouring messages create none.
                // biome-ignore lint/suspicious/noArrayIndexKey: a row has no state of its own.
                key={slot}
                event={event}
                text={eventText(event, { method, registry }, shownLength)}
                top={position * rowHeight}
                directionWord={directionWords[event.direction]}
                isSelected={event.index === selectedIndex}
                total={log.total}
                onSelect={onSelect}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
