import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { HexRow } from "./hex-row.tsx";
import classes from "./hex-view.module.css";
import type { WireNode } from "./wire-node.ts";

/** Props of `HexView`. */
export interface HexViewProps {
  readonly bytes: Uint8Array;
  /** What the bytes make; undefined where they are no serialized message. */
  readonly root: WireNode | undefined;
  readonly selected: WireNode | undefined;
  readonly hovered: WireNode | undefined;
  /** The byte that has the keyboard; default the first. */
  readonly cursor?: number | undefined;
  /** The cursor was put on a byte. */
  readonly onCursor?: (offset: number) => void;
  /** The mouse went over a byte, or left them. */
  readonly onHover?: (offset: number | undefined) => void;
}

const rowHeight = 20;
/** Sixteen bytes fit on rows from this width on, in pixels; eight on narrower ones. */
const wideFrom = 590;
/** Browsers lay out no more pixels than some 33 million in height: so many rows are shown. */
const mostRows = 1_500_000;

/** Bytes in rows of sixteen, or eight where it is narrow: offset, hexadecimal, ASCII. Only the rows in sight are drawn. */
export function HexView({ bytes, root, selected, hovered, cursor, onCursor, onHover }: HexViewProps) {
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const [perRow, setPerRow] = useState(16);
  const [own, setOwn] = useState(0);
  const at = cursor ?? own;
  const rowCount = Math.min(mostRows, Math.ceil(bytes.byteLength / perRow));
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  useEffect(() => {
    const element = scroll.current;
    if (element === null) {
      return;
    }
    const observer = new ResizeObserver(() => setPerRow(element.clientWidth < wideFrom ? 8 : 16));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new place scrolls.
  useEffect(() => {
    if (cursor !== undefined) {
      virtual.scrollToIndex(Math.floor(cursor / perRow), { align: "auto" });
    }
  }, [cursor, perRow]);

  const move = (to: number) => {
    const offset = Math.min(bytes.byteLength - 1, Math.max(0, to));
    setOwn(offset);
    onCursor?.(offset);
    virtual.scrollToIndex(Math.floor(offset / perRow), { align: "auto" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = perRow * 16;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - perRow,
      ArrowDown: at + perRow,
      PageUp: at - page,
      PageDown: at + page,
      Home: event.ctrlKey ? 0 : at - (at % perRow),
      End: event.ctrlKey ? bytes.byteLength - 1 : at - (at % perRow) + perRow - 1,
    };
    const to = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    }
  };
  const onPointerMove = (event: PointerEvent) => onHover?.(offsetOf(event.target));
  return (
    <div className={classes.frame}>
      <div
        ref={scroll}
        role="listbox"
        tabIndex={0}
        aria-label={t("wire.bytes")}
        aria-activedescendant={bytes.byteLength === 0 ? undefined : `${id}-${at}`}
        className={classes.scroll}
        onKeyDown={onKeyDown}
        onPointerMove={onHover && onPointerMove}
        onPointerLeave={() => onHover?.(undefined)}
        onClick={({ target }) => {
          const offset = offsetOf(target);
          if (offset !== undefined) {
            move(offset);
          }
        }}
      >
        <div role="presentation" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const from = index * perRow;
            const to = Math.min(from + perRow, bytes.byteLength);
            return (
              <HexRow
                key={index}
                id={id}
                bytes={bytes}
                root={root}
                from={from}
                to={to}
                perRow={perRow}
                top={start}
                cursor={at >= from && at < to ? at : undefined}
                selectedFrom={Math.max(from, Math.min(to, selected?.from ?? 0))}
                selectedTo={Math.max(from, Math.min(to, selected?.to ?? 0))}
                hoveredFrom={Math.max(from, Math.min(to, hovered?.from ?? 0))}
                hoveredTo={Math.max(from, Math.min(to, hovered?.to ?? 0))}
              />
            );
          })}
        </div>
      </div>
      {Math.ceil(bytes.byteLength / perRow) > mostRows ? <p className={classes.said}>{t("wire.cutOff")}</p> : null}
    </div>
  );
}

function offsetOf(target: EventTarget): number | undefined {
  const text = target instanceof Element ? target.closest("[data-offset]")?.getAttribute("data-offset") : undefined;
  return text === undefined || text === null ? undefined : Number(text);
}
