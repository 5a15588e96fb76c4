import { useVirtualizer } from "@tanstack/react-virtual";
import { type HTMLAttributes, type ReactNode, type Ref, type RefObject, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./method-tree.module.css";
import type { TreeGroup, TreeRow } from "./tree-rows.ts";

/** Props of `LongTree`. */
export interface LongTreeProps {
  /** Of the element that is the tree. */
  readonly treeProps: HTMLAttributes<HTMLDivElement> & { readonly ref: Ref<HTMLDivElement> };
  readonly groups: readonly TreeGroup[];
  readonly drawRow: (row: TreeRow, place: RowPlace) => ReactNode;
  /** Given a function that brings the row at a position among all rows in sight. */
  readonly scrollToRow: RefObject<((position: number) => void) | undefined>;
}

/** Where a row stands among its like. */
export interface RowPlace {
  readonly "aria-posinset": number;
  readonly "aria-setsize": number;
}

type Line =
  | { readonly kind: "group"; readonly key: TreeGroup["key"] }
  | { readonly kind: "row"; readonly row: TreeRow; readonly place: RowPlace };

const rowHeight = 28;

/** A tree of which only the rows in sight are drawn. */
export function LongTree({ treeProps, groups, drawRow, scrollToRow }: LongTreeProps) {
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => groups.flatMap(toLines), [groups]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  scrollToRow.current = (position) => {
    let left = position;
    const at = lines.findIndex((line) => line.kind === "row" && left-- === 0);
    virtual.scrollToIndex(at, { align: "auto" });
  };
  return (
    <div ref={scroll} className={classes.scroll}>
      <div {...treeProps} className={classes.long} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              role="presentation"
              data-index={index}
              className={classes.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              {line?.kind === "group" ? (
                <div aria-hidden="true" className={classes.groupName}>
                  {t(`tree.group.${line.key}`)}
                </div>
              ) : null}
              {line?.kind === "row" ? drawRow(line.row, line.place) : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The lines of a group, its name first. Methods are counted within their service, services within their group. */
function toLines({ key, rows }: TreeGroup): Line[] {
  const heads = rows.filter(({ kind }) => kind !== "method").length;
  const lines: Line[] = [{ kind: "group", key }];
  let head = 0;
  let method = 0;
  rows.forEach((row, position) => {
    if (row.kind === "method") {
      method++;
      lines.push({ kind: "row", row, place: { "aria-posinset": method, "aria-setsize": 0 } });
    } else {
      head++;
      method = 0;
      lines.push({ kind: "row", row, place: { "aria-posinset": head, "aria-setsize": heads } });
    }
    if (row.kind === "method" && rows[position + 1]?.kind !== "method") {
      closeService(lines, method);
    }
  });
  return lines;
}

/** Tells the methods at the end of `lines` how many they are. */
function closeService(lines: Line[], count: number): void {
  for (let at = lines.length - count; at < lines.length; at++) {
    const line = lines[at];
    if (line?.kind === "row") {
      lines[at] = { ...line, place: { ...line.place, "aria-setsize": count } };
    }
  }
}
