import { useTranslation } from "react-i18next";
import type { CallState } from "../call/call.ts";
import { durationText, sizeText } from "../ui/format-figures.ts";
import classes from "./timing-panel.module.css";

/** Props of `TimingPanel`. */
export interface TimingPanelProps {
  readonly state: CallState;
}

/** When a call began and how long its parts took, with what went over the wire. */
export function TimingPanel({ state }: TimingPanelProps) {
  const { t } = useTranslation();
  const { startedAt, headersMs, firstMessageMs, endedMs, sent, received } = state;
  const total = endedMs ?? Math.max(headersMs ?? 0, firstMessageMs ?? 0, 1);
  const rows = [
    { label: t("response.headersAfter"), ms: headersMs },
    { label: t("response.firstMessageAfter"), ms: firstMessageMs },
    { label: t("response.total"), ms: endedMs },
  ];
  return (
    <dl className={classes.list}>
      <dt>{t("response.startedAt")}</dt>
      <dd>{startedAt === undefined ? "–" : new Date(startedAt).toISOString()}</dd>
      {rows.map(({ label, ms }) => (
        <div key={label} className={classes.row}>
          <dt>{label}</dt>
          <dd>
            <span className={classes.figure}>{ms === undefined ? "–" : durationText(ms)}</span>
            <span className={classes.bar} style={{ "--part": `${((ms ?? 0) / total) * 100}%` }} />
          </dd>
        </div>
      ))}
      <dt>{t("response.sentHint")}</dt>
      <dd>{`${sent.messages} · ${sizeText(sent.bytes)}`}</dd>
      <dt>{t("response.receivedHint")}</dt>
      <dd>{`${received.messages} · ${sizeText(received.bytes)}`}</dd>
    </dl>
  );
}
