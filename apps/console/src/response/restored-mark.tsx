import { useTranslation } from "react-i18next";
import type { RestoredFacts } from "../call/call.ts";
import { countText } from "../ui/format-figures.ts";
import classes from "./response-summary.module.css";

/** Props of `RestoredMark`. */
export interface RestoredMarkProps {
  readonly restored: RestoredFacts;
}

/** Says that an answer is from before the page was reloaded, when it came, and what of it was not kept. */
export function RestoredMark({ restored: { savedAt, leftOut } }: RestoredMarkProps) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "medium" }).format(savedAt);
  return (
    <p className={classes.restored}>
      {t("response.restored", { time })}
      {leftOut === 0 ? null : ` ${t("response.restoredLeftOut", { messages: countText(leftOut) })}`}
    </p>
  );
}
