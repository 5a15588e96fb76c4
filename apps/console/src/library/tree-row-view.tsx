import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { KindMark } from "../ui/kind-mark.tsx";
import { BrokenServiceRow } from "./broken-service-row.tsx";
import classes from "./method-tree.module.css";
import type { TreeRow } from "./tree-rows.ts";

/** What every row of the tree is given. */
export interface RowProps {
  readonly isTabStop: boolean;
  /** Where the row stands among its like, where not all of them are drawn. */
  readonly place?: { readonly "aria-posinset": number; readonly "aria-setsize": number } | undefined;
  readonly onActivate: (row: TreeRow, inNewTab: boolean) => void;
}

/** Props of `TreeRowView`. */
export interface TreeRowViewProps extends RowProps {
  readonly row: TreeRow;
  readonly isSelected: boolean;
  /** Whether a call of the method is open. */
  readonly isLive: boolean;
}

/** One row of the tree of methods: a service, a broken one, or a method with its kind. */
export function TreeRowView({ row, isTabStop, isSelected, isLive, place, onActivate }: TreeRowViewProps) {
  const { t } = useTranslation();
  if (row.kind === "broken") {
    return <BrokenServiceRow row={row} isTabStop={isTabStop} place={place} onActivate={onActivate} />;
  }
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
      {...place}
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
