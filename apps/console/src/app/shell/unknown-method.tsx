import { useTranslation } from "react-i18next";
import type { OpenTab } from "../workbench/open-tab.ts";
import classes from "./unknown-method.module.css";

/** Props of `UnknownMethod`. */
export interface UnknownMethodProps {
  readonly tab: OpenTab;
}

/** A tab whose method the schema doesn't have: says so, and keeps what was typed in sight. */
export function UnknownMethod({ tab }: UnknownMethodProps) {
  const { t } = useTranslation();
  const { route, draft } = tab;
  return (
    <div className={classes.view} role="tabpanel" id="call-panel" aria-labelledby={`tab-${tab.id}`}>
      <h2>{t("app.unknownMethod", { name: `${route.service}/${route.method}` })}</h2>
      <p>{t("app.unknownMethodHint")}</p>
      {draft.text === "" ? null : <pre>{draft.text}</pre>}
    </div>
  );
}
