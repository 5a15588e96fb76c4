import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { durationText, sizeText } from "../../ui/format-figures.ts";
import { snapshotAnswer } from "./answer-snapshot.ts";
import { compareAnswers } from "./compare-answers.ts";
import classes from "./compare-panel.module.css";
import { DifferenceList } from "./difference-list.tsx";
import type { EarlierAnswer, EarlierAnswersState } from "./earlier-answers.ts";
import { LineCompare } from "./line-compare.tsx";
import { modelLines } from "./message-model.ts";

/** Props of `EarlierView`. */
export interface EarlierViewProps {
  readonly earlier: StoreApi<EarlierAnswersState>;
}

/** The newest answer of a call beside one that came before. */
export function EarlierView({ earlier }: EarlierViewProps) {
  const { t } = useTranslation();
  const { answers, dropped } = useStore(earlier);
  const [newest, ...before] = answers;
  const [chosen, setChosen] = useState<number>();
  const other = before.find(({ runId }) => runId === chosen) ?? before[0];
  return newest === undefined || other === undefined ? (
    <p className={classes.said}>{t("compare.noEarlier")}</p>
  ) : (
    <div className={classes.scroll}>
      <div className={classes.toolbar}>
        <label className={classes.repeats}>
          {t("compare.with")}
          <select value={other.runId} onChange={({ target }) => setChosen(Number(target.value))}>
            {before.map((answer) => (
              <option key={answer.runId} value={answer.runId}>
                {nameOf(answer)}
              </option>
            ))}
          </select>
        </label>
        {dropped === 0 ? null : <span className={classes.progress}>{t("compare.dropped", { count: dropped })}</span>}
      </div>
      <Compared key={`${other.runId} ${newest.runId}`} before={other} after={newest} />
    </div>
  );
}

function Compared({ before, after }: { readonly before: EarlierAnswer; readonly after: EarlierAnswer }) {
  const { t } = useTranslation();
  const [left, right] = useMemo(() => [snapshotAnswer(before.state), snapshotAnswer(after.state)], [before, after]);
  const differences = useMemo(() => compareAnswers([left, right]), [left, right]);
  const lines = useMemo(
    () => [left, right].map(({ messages }) => messages.flatMap((model) => modelLines(model))),
    [left, right],
  );
  const names = [t("compare.earlier"), t("compare.newest")] as const;
  return (
    <>
      <DifferenceList differences={differences} names={names} areMessagesBeside />
      <LineCompare left={lines[0] ?? []} right={lines[1] ?? []} names={names} />
    </>
  );
}

/** When it came, how it ended, how long it took, and its size. */
function nameOf({ runId, state: { startedAt, phase, endedMs, received } }: EarlierAnswer): string {
  const at = startedAt === undefined ? "" : new Date(startedAt).toLocaleTimeString();
  const status = phase.kind === "closed" ? phase.status.name : "";
  return `${runId} · ${at} · ${status} · ${durationText(endedMs ?? 0)} · ${sizeText(received.bytes)}`;
}
