import { useTranslation } from "react-i18next";
import type { CallState } from "../../call/call.ts";
import { countText, durationText, sizeText } from "../../ui/format-figures.ts";
import { timePhases } from "./time-phases.ts";
import classes from "./timing-panel.module.css";
import { type WireSizes, wireSizes } from "./wire-sizes.ts";

/** Props of `TimingPanel`. */
export interface TimingPanelProps {
  readonly state: CallState;
}

/** When a call began and how long its parts took, with what went over the wire. */
export function TimingPanel({ state }: TimingPanelProps) {
  const { t } = useTranslation();
  const { startedAt, timing, sent, received, log } = state;
  const phases = timePhases(timing);
  const total = Math.max(1e-3, phases.at(-1)?.toMs ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard.
    <section className={classes.scroll} aria-label={t("response.timing")} tabIndex={0}>
      <dl className={classes.list}>
        <dt>{t("response.startedAt")}</dt>
        <dd>{startedAt === undefined ? "–" : new Date(startedAt).toISOString()}</dd>
        <dt>{t("response.total")}</dt>
        <dd>{timing.endedMs === undefined ? "–" : durationText(timing.endedMs)}</dd>
      </dl>
      <table className={classes.phases}>
        <thead>
          <tr>
            <th scope="col">{t("response.phaseName")}</th>
            <th scope="col" data-number>
              {t("response.phaseTook")}
            </th>
            <th scope="col" data-number>
              {t("response.phaseUntil")}
            </th>
            <th scope="col" className={classes.barHead}>
              <span className={classes.hidden}>{t("response.phaseBar")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {phases.map(({ name, fromMs, toMs }) => (
            <tr key={name}>
              <th scope="row">{t(`response.timePhase.${name}`)}</th>
              <td data-number>{durationText(toMs - fromMs)}</td>
              <td data-number>{durationText(toMs)}</td>
              <td>
                <span
                  className={classes.bar}
                  data-phase={name}
                  style={{ "--from": `${(fromMs / total) * 100}%`, "--part": `${((toMs - fromMs) / total) * 100}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={classes.list}>
        <dt>{t("response.sentHint")}</dt>
        <dd>{`${countText(sent.messages)} · ${sizeText(sent.bytes)}${compressionText(wireSizes(log, "sent"))}`}</dd>
        <dt>{t("response.receivedHint")}</dt>
        <dd>
          {`${countText(received.messages)} · ${sizeText(received.bytes)}${compressionText(wireSizes(log, "received"))}`}
        </dd>
      </dl>
    </section>
  );

  /** How large the messages were before they were compressed; empty where none was. */
  function compressionText({ carriedBytes, decodedBytes, compressions }: WireSizes): string {
    if (compressions.length === 0 || carriedBytes === 0) {
      return "";
    }
    const words = t("response.compressed", {
      decoded: sizeText(decodedBytes),
      ratio: (decodedBytes / carriedBytes).toFixed(1),
      compression: compressions.join(", "),
    });
    return ` · ${words}`;
  }
}
