import { useTranslation } from "react-i18next";
import { FoundText } from "../../message/found-text.tsx";
import classes from "./detail-view.module.css";

/** Props of `DebugStack`. */
export interface DebugStackProps {
  readonly detail: string;
  readonly entries: readonly string[];
}

/** What a server tells for debugging, with its stack folded. */
export function DebugStack({ detail, entries }: DebugStackProps) {
  const { t } = useTranslation();
  return (
    <>
      {detail === "" ? null : (
        <p className={classes.text}>
          <FoundText text={detail} />
        </p>
      )}
      {entries.length === 0 ? null : (
        <details>
          <summary>{t("detail.stack", { count: entries.length })}</summary>
          <pre className={classes.raw}>{entries.join("\n")}</pre>
        </details>
      )}
    </>
  );
}
