import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import classes from "./method-tree.module.css";
import type { RowProps } from "./tree-row-view.tsx";
import type { TreeRow } from "./tree-rows.ts";

/** Props of `BrokenServiceRow`. */
export interface BrokenServiceRowProps extends RowProps {
  readonly row: TreeRow & { readonly kind: "broken" };
}

/** A service that can't be called: a mark, and on demand why, and what would mend it. */
export function BrokenServiceRow({ row, isTabStop, place, onActivate }: BrokenServiceRowProps) {
  const { t } = useTranslation();
  const { service, isOpen } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its rows.
    <div
      role="treeitem"
      className={classes.broken}
      data-row={row.id}
      data-level={1}
      tabIndex={isTabStop ? 0 : -1}
      aria-level={1}
      aria-selected={false}
      aria-expanded={isOpen}
      {...place}
      onClick={() => onActivate(row, false)}
    >
      <div className={classes.row} data-level={1}>
        <Icon name="warning" />
        <span className={classes.name} title={service.name}>
          {service.name}
        </span>
        <span className={classes.kind}>{t("tree.broken")}</span>
      </div>
      {isOpen ? (
        <p className={classes.reason}>{service.problem === "" ? t("tree.noDescriptor") : service.problem}</p>
      ) : null}
    </div>
  );
}
