import type { DescMethod } from "@bufbuild/protobuf";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ServiceGroup } from "../schema/service-catalog.ts";
import classes from "./method-tree.module.css";
import { treeMove, typeAheadRow } from "./tree-keys.ts";
import { TreeRowView } from "./tree-row-view.tsx";
import { type TreeRow, treeGroups } from "./tree-rows.ts";

/** Props of `MethodTree`. */
export interface MethodTreeProps {
  readonly groups: readonly ServiceGroup[];
  readonly query: string;
  /** The method whose tab is shown, as `methodId` names it. */
  readonly selectedId: string | undefined;
  /** Methods with an open call. */
  readonly liveIds: ReadonlySet<string>;
  readonly foldedServices: readonly string[];
  readonly onFoldedChange: (folded: readonly string[]) => void;
  readonly onOpen: (method: DescMethod, options: { readonly inNewTab: boolean }) => void;
}

const typeAheadMs = 600;

/**
 * Services and their methods as an ARIA tree: one row is in the tab order, the arrow keys move between rows. Enter opens
 * a method; with Shift, as by a click with the command key or the middle button, in a new tab.
 */
export function MethodTree(props: MethodTreeProps) {
  const { groups, query, selectedId, liveIds, foldedServices, onFoldedChange, onOpen } = props;
  const { t } = useTranslation();
  const [focusedId, setFocusedId] = useState<string>();
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const shown = treeGroups(groups, { query, folded: foldedServices });
  const rows = shown.flatMap((group) => group.rows);
  const tabStop = (rows.find(({ id }) => id === focusedId) ?? rows.find(({ id }) => id === selectedId) ?? rows[0])?.id;

  const moveFocus = (id: string) => tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus();
  const fold = (id: string, isFolded: boolean) =>
    onFoldedChange(isFolded ? [...foldedServices, id] : foldedServices.filter((name) => name !== id));
  const activate = (row: TreeRow, inNewTab: boolean) => {
    if (row.kind === "service") {
      fold(row.id, row.isOpen);
    } else {
      onOpen(row.method, { inNewTab });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const move = treeMove(rows, tabStop, event.key);
    if (move !== undefined) {
      event.preventDefault();
      const row = rows.find(({ id }) => id === move.id);
      if (move.kind === "focus") {
        moveFocus(move.id);
      } else if (row !== undefined) {
        activate(row, event.shiftKey);
      }
    } else if (/^[\p{L}\p{N}_.]$/u.test(event.key)) {
      const isGoingOn = event.timeStamp - typed.current.at < typeAheadMs;
      typed.current = { text: (isGoingOn ? typed.current.text : "") + event.key, at: event.timeStamp };
      const id = typeAheadRow(rows, tabStop, typed.current.text);
      if (id !== undefined) {
        moveFocus(id);
      }
    }
  };
  return (
    <div className={classes.scroll}>
      {shown.length === 0 ? <p className={classes.nothing}>{t("tree.nothingFound")}</p> : null}
      <div
        ref={tree}
        role="tree"
        aria-label={t("tree.label")}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => setFocusedId(target.dataset.row)}
      >
        {shown.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group within a tree has no element of its own.
          <div key={group.key} role="group" aria-label={t(`tree.group.${group.key}`)} className={classes.group}>
            <div aria-hidden="true" className={classes.groupName}>
              {t(`tree.group.${group.key}`)}
            </div>
            {group.rows.map((row) => (
              <TreeRowView
                key={row.id}
                row={row}
                isTabStop={row.id === tabStop}
                isSelected={row.id === selectedId}
                isLive={liveIds.has(row.id)}
                onActivate={activate}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
