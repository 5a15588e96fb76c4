import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./json-view.module.css";
import { parseMoment, relativeText } from "./moment.ts";

/** Props of `MomentView`. */
export interface MomentViewProps {
  /** A text that `parseMoment` reads. */
  readonly text: string;
  /** The text as it is shown. */
  readonly token: ReactNode;
}

/** A moment as it was sent; a click adds it in local time, in UTC, and how far it is from now. */
export function MomentView({ text, token }: MomentViewProps) {
  const { t, i18n } = useTranslation();
  const [shownAt, setShownAt] = useState<number>();
  const moment = parseMoment(text);
  const toggle = () => setShownAt(shownAt === undefined ? Date.now() : undefined);
  return (
    <>
      <button
        type="button"
        className={classes.moment}
        aria-expanded={shownAt !== undefined}
        title={t("message.showTime")}
        onClick={toggle}
      >
        {token}
      </button>
      {shownAt === undefined || moment === undefined ? null : (
        <span className={classes.note}>
          {t(moment.isZoneAssumed ? "message.timeAssumed" : "message.time", {
            local: new Date(moment.ms).toLocaleString(i18n.language, { timeZoneName: "short" }),
            utc: new Date(moment.ms).toISOString(),
            relative: relativeText(moment.ms, shownAt, i18n.language),
          })}
        </span>
      )}
    </>
  );
}
