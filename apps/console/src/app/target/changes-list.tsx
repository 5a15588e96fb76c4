import { useTranslation } from "react-i18next";
import type { SchemaChanges } from "../../schema/schema-changes.ts";
import classes from "./target-page.module.css";

/** Props of `ChangesList`. */
export interface ChangesListProps {
  readonly changes: SchemaChanges;
}

/** So many changes are shown; more are only counted. */
const maxShown = 300;

/** What the newest refresh changed, part by part. */
export function ChangesList({ changes }: ChangesListProps) {
  const { t } = useTranslation();
  const { list } = changes;
  return (
    <section className={classes.section} aria-label={t("schema.changes")}>
      <h3>{t("schema.changes")}</h3>
      {list.length === 0 ? (
        <p className={classes.lead}>{t("schema.unchanged")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
        <ul className={`${classes.list} ${classes.changes}`} tabIndex={0}>
          {list.slice(0, maxShown).map(({ kind, what, name, before, after }) => (
            <li key={`${what} ${name}`} className={classes.change}>
              <span className={classes.kind} data-kind={kind}>
                {t(`schema.change.${kind}`)}
              </span>
              <span>
                {t(`schema.part.${what}`)} <code>{name}</code>
              </span>
              {kind === "changed" || what === "field" || what === "method" ? (
                <>
                  {before === undefined ? null : <del>{before}</del>}
                  {after === undefined ? null : <ins>{after}</ins>}
                </>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {list.length > maxShown ? (
        <p className={classes.lead}>{t("schema.moreChanges", { count: list.length - maxShown })}</p>
      ) : null}
    </section>
  );
}
