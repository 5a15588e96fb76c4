import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { durationText } from "../../ui/format-figures.ts";
import classes from "./detail-view.module.css";

/** Props of `RetryTime`. */
export interface RetryTimeProps {
  /** When to try again, in milliseconds since 1970. */
  readonly at: number;
  /** Makes the call again; undefined where that can't be done. */
  readonly onRetry: (() => void) | undefined;
}

const tickMs = 100;

/** When a call may be tried again: a time, how long it is until then, and a button. Nothing is called by itself. */
export function RetryTime({ at, onRetry }: RetryTimeProps) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  const isOver = now >= at;
  useEffect(() => {
    const timer = isOver ? undefined : setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [isOver]);
  const time = new Date(at);
  return (
    <p className={classes.retry}>
      <time dateTime={Number.isNaN(time.getTime()) ? undefined : time.toISOString()}>
        {t("detail.retryAt", { time: time.toLocaleTimeString(i18n.language) })}
      </time>
      <span className={classes.countdown}>
        {isOver ? t("detail.retryNow") : t("detail.retryIn", { time: durationText(at - now) })}
      </span>
      {onRetry === undefined ? null : (
        <button type="button" className={classes.button} onClick={onRetry}>
          {t("detail.retry")}
        </button>
      )}
    </p>
  );
}
