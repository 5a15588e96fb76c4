import { useTranslation } from "react-i18next";
import { FoundText } from "../../message/found-text.tsx";
import classes from "./detail-view.module.css";
import type { FieldViolation } from "./read-violations.ts";

/** Props of `FieldViolations`. */
export interface FieldViolationsProps {
  readonly violations: readonly FieldViolation[];
  /** Goes to a field of the request; undefined where that can't be done. */
  readonly onGoToField: ((path: string) => void) | undefined;
}

/** What is wrong with fields of the request; each leads to its field. */
export function FieldViolations({ violations, onGoToField }: FieldViolationsProps) {
  const { t } = useTranslation();
  return (
    <dl className={classes.facts}>
      {violations.map(({ field, description, rule }, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field can be named twice, and violations never move.
        <div key={position} className={classes.fact}>
          <dt>
            {field === "" ? (
              <span className={classes.whole}>{t("detail.wholeMessage")}</span>
            ) : onGoToField === undefined ? (
              <FoundText text={field} />
            ) : (
              <button
                type="button"
                className={classes.field}
                title={t("detail.goToField")}
                onClick={() => onGoToField(field)}
              >
                <FoundText text={field} />
              </button>
            )}
          </dt>
          <dd>
            <FoundText text={description} />
            {rule === "" ? null : (
              <code className={classes.rule}>
                <FoundText text={rule} />
              </code>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
