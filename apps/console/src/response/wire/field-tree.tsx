import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./field-tree.module.css";
import { PartRowView } from "./part-row.tsx";
import { partMove, partRows } from "./tree-rows.ts";
import type { WireNode } from "./wire-node.ts";

/** Props of `FieldTree`. */
export interface FieldTreeProps {
  readonly root: WireNode;
  readonly open: ReadonlySet<WireNode>;
  readonly onOpenChange: (open: ReadonlySet<WireNode>) => void;
  readonly selected: WireNode | undefined;
  readonly hovered: WireNode | undefined;
  readonly onSelect: (node: WireNode) => void;
  readonly onHover: (node: WireNode | undefined) => void;
}

const rowHeight = 24;

/** The parts of a message as a tree. Only the rows in sight are drawn. */
export function FieldTree({ root, open, onOpenChange, selected, hovered, onSelect, onHover }: FieldTreeProps) {
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useMemo(() => partRows(root, open), [root, open]);
  const places = useMemo(() => new Map(rows.map(({ node }, at) => [node, at])), [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const at = selected === undefined ? undefined : places.get(selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls.
  useEffect(() => {
    if (at !== undefined) {
      virtual.scrollToIndex(at, { align: "auto" });
    }
  }, [selected]);

  const toggle = (node: WireNode) => {
    const next = new Set(open);
    if (!next.delete(node)) {
      next.add(node);
    }
    onOpenChange(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = partMove(rows, at ?? -1, event.key);
    if (move !== undefined) {
      event.preventDefault();
      move.kind === "select" ? onSelect(move.node) : toggle(move.node);
    }
  };
  return (
    <div
      ref={scroll}
      role="tree"
      tabIndex={0}
      aria-label={t("wire.fields")}
      aria-activedescendant={at === undefined ? undefined : `${id}-${at}`}
      className={classes.tree}
      onKeyDown={onKeyDown}
      onPointerLeave={() => onHover(undefined)}
    >
      <div role="presentation" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <PartRowView
              key={index}
              id={`${id}-${index}`}
              row={row}
              top={start}
              isSelected={row.node === selected}
              isHovered={row.node === hovered}
              onSelect={onSelect}
              onToggle={toggle}
              onHover={onHover}
            />
          );
        })}
      </div>
    </div>
  );
}
