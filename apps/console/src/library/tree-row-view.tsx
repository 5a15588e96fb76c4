import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { KindMark } from "../ui/kind-mark.tsx";
import classes from "./method-tree.module.css";
import type { TreeRow } from "./tree-rows.ts";

/** Props of `TreeRowView`. */
export interface TreeRowViewProps {
  readonly row: TreeRow;
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
  /** Whether a call of the method is open. */
  readonly isLive: boolean;
  readonly onActivate: (row: TreeRow, inNewTab: boolean) => void;
}

/** One row of the tree of methods: a service, or a method with its kind. */
export function TreeRowView({ row, isTabStop, isSelected, isLive, onActivate }: TreeRowViewProps) {
  const { t } = useTranslation();
  const isService = row.kind === "service";
  const onClick = (event: MouseEvent) => onActivate(row, event.ctrlKey || event.metaKey);
  const onAuxClick = (event: MouseEvent) => {
    if (event.button === 1) {
      onActivate(row, true);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its rows.
    <div
      role="treeitem"
      className={classes.row}
      data-row={row.id}
      data-level={isService ? 1 : 2}
      tabIndex={isTabStop ? 0 : -1}
      aria-level={isService ? 1 : 2}
      aria-selected={isSelected}
      aria-expanded={isService ? row.isOpen : undefined}
      onClick={onClick}
      onAuxClick={isService ? undefined : onAuxClick}
    >
      {isService ? (
        <Icon name="chevron" turned={row.isOpen} />
      ) : (
        <KindMark kind={row.method.methodKind} isWordShown={false} />
      )}
      <span className={classes.name} title={row.id}>
        {isService ? row.service.typeName : row.method.name}
      </span>
      {isLive ? (
        <span className={classes.live} title={t("tree.live")}>
          <span className={classes.liveWord}>{t("tree.live")}</span>
        </span>
      ) : null}
      {isService ? null : (
        <span className={classes.kind} aria-hidden="true">
          {t(`kind.${row.method.methodKind}`)}
        </span>
      )}
    </div>
  );
}
