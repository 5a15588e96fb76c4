import { useTranslation } from "react-i18next";
import type { ChangeKind, SchemaChanges } from "../../schema/schema-changes.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import buttons from "../../ui/text-button.module.css";
import { useServices } from "../services.ts";
import classes from "./changes-notice.module.css";
import { useTarget } from "./use-target.ts";

/** Props of `ChangesNotice`. */
export interface ChangesNoticeProps {
  readonly target: string;
}

const kinds: readonly ChangeKind[] = ["added", "removed", "changed"];

/** Says how a refresh went: what changed in figures, that nothing did, or why it failed. Its place is announced. */
export function ChangesNotice({ target }: ChangesNoticeProps) {
  const { t } = useTranslation();
  const { schemas, workbench } = useServices();
  const { entry } = useTarget(target);
  const isFailed = entry?.phase === "failed" && entry.schema !== undefined;
  const changes = entry?.phase === "ready" ? entry.changes : undefined;
  return (
    <div role="status" className={classes.place}>
      {entry?.phase === "refreshing" ? <p className={classes.notice}>{t("schema.refreshing")}</p> : null}
      {isFailed ? (
        <p className={classes.notice} data-kind="failed">
          {t("schema.refreshFailed", { reason: entry.error?.rawMessage ?? "" })}
        </p>
      ) : null}
      {changes === undefined ? null : (
        <div className={classes.notice}>
          <p>{changes.list.length === 0 ? t("schema.unchanged") : <Figures changes={changes} />}</p>
          {changes.list.length === 0 ? null : (
            <button type="button" className={buttons.button} onClick={() => workbench.showTarget(target)}>
              {t("schema.showChanges")}
            </button>
          )}
          <IconButton icon="close" label={t("app.dismiss")} onClick={() => schemas.dismissChanges(target)} />
        </div>
      )}
    </div>
  );
}

function Figures({ changes }: { readonly changes: SchemaChanges }) {
  const { t } = useTranslation();
  const figures = kinds
    .map((kind) => ({ kind, count: changes.list.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0);
  return <>{figures.map(({ kind, count }) => t(`schema.count.${kind}`, { count })).join(" · ")}</>;
}
