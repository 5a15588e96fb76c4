import type { DescMethod } from "@bufbuild/protobuf";
import { lazy, Suspense, useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ServiceGroup } from "../schema/target-schema.ts";
import classes from "./method-tree.module.css";
import { TreeRowView } from "./tree-row-view.tsx";
import { type TreeRow, treeGroups } from "./tree-rows.ts";
import { useTreeKeys } from "./use-tree-keys.ts";

const LongTree = lazy(async () => ({ default: (await import("./long-tree.tsx")).LongTree }));

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

/** Of a tree with more rows than this, only those in sight are drawn. */
const longFrom = 300;

/**
 * Services and their methods as an ARIA tree: one row is in the tab order, the arrow keys move between rows. Enter opens
 * a method; with Shift, as by a click with the command key or the middle button, in a new tab.
 */
export function MethodTree(props: MethodTreeProps) {
  const { groups, selectedId, liveIds, foldedServices, onFoldedChange, onOpen } = props;
  const { t } = useTranslation();
  const [focusedId, setFocusedId] = useState<string>();
  const [shownBroken, setShownBroken] = useState<string>();
  const tree = useRef<HTMLDivElement>(null);
  const scrollToRow = useRef<(position: number) => void>(undefined);
  const query = useDeferredValue(props.query);
  const shown = useMemo(
    () => treeGroups(groups, { query, folded: foldedServices, shownBroken }),
    [groups, query, foldedServices, shownBroken],
  );
  const rows = useMemo(() => shown.flatMap((group) => group.rows), [shown]);
  const tabStop = (rows.find(({ id }) => id === focusedId) ?? rows.find(({ id }) => id === selectedId) ?? rows[0])?.id;

  const activate = (row: TreeRow, inNewTab: boolean) => {
    switch (row.kind) {
      case "service":
        onFoldedChange(row.isOpen ? [...foldedServices, row.id] : foldedServices.filter((name) => name !== row.id));
        break;
      case "method":
        onOpen(row.method, { inNewTab });
        break;
      case "broken":
        setShownBroken(row.isOpen ? undefined : row.id);
        break;
    }
  };
  const onKeyDown = useTreeKeys({ tree, rows, tabStop, scrollToRow, onActivate: activate });
  const drawRow = (row: TreeRow, place?: { readonly "aria-posinset": number; readonly "aria-setsize": number }) => (
    <TreeRowView
      key={row.id}
      row={row}
      place={place}
      isTabStop={row.id === tabStop}
      isSelected={row.id === selectedId}
      isLive={liveIds.has(row.id)}
      onActivate={activate}
    />
  );
  const treeProps = {
    ref: tree,
    role: "tree",
    "aria-label": t("tree.label"),
    onKeyDown,
    onFocus: ({ target }: { readonly target: HTMLElement }) => setFocusedId(target.dataset.row),
  };
  if (rows.length > longFrom) {
    return (
      <Suspense fallback={null}>
        <LongTree treeProps={treeProps} groups={shown} drawRow={drawRow} scrollToRow={scrollToRow} />
      </Suspense>
    );
  }
  return (
    <div className={classes.scroll}>
      {shown.length === 0 && query.trim() !== "" ? <p className={classes.nothing}>{t("tree.nothingFound")}</p> : null}
      <div {...treeProps}>
        {shown.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group within a tree has no element of its own.
          <div key={group.key} role="group" aria-label={t(`tree.group.${group.key}`)} className={classes.group}>
            <div aria-hidden="true" className={classes.groupName}>
              {t(`tree.group.${group.key}`)}
            </div>
            {group.rows.map((row) => drawRow(row))}
          </div>
        ))}
      </div>
    </div>
  );
}
