import type { DescMethod } from "@bufbuild/protobuf";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { protocolsFor, wireProtocols } from "../../call/wire-protocol.ts";
import buttons from "../../ui/text-button.module.css";
import { mostStreamed } from "./answer-runs.ts";
import { compareAnswers } from "./compare-answers.ts";
import classes from "./compare-panel.module.css";
import type { ComparePanelProps } from "./compare-panel.tsx";
import { DifferenceList } from "./difference-list.tsx";
import { LaneTable } from "./lane-table.tsx";

const repeatChoices = [1, 3, 5, 10] as const;

/** One request over every protocol that can carry it: how each answered, and in what the answers differ. */
export function WiresView({ method, wires, prepare, runs }: Omit<ComparePanelProps, "earlier">) {
  const { t } = useTranslation();
  const state = useStore(runs.store);
  const [repeats, setRepeats] = useState(3);
  const [isWarned, setIsWarned] = useState(false);
  const protocols = protocolsFor(method, wires);
  const total = repeats * protocols.length;
  const answers = useMemo(() => state.lanes.flatMap(({ answer }) => answer ?? []), [state.lanes]);
  const differences = useMemo(() => (state.phase === "running" ? [] : compareAnswers(answers)), [state.phase, answers]);

  if (method.methodKind === "client_streaming" || method.methodKind === "bidi_streaming") {
    return <p className={classes.said}>{t("compare.onlyWebSocket")}</p>;
  }
  if (protocols.length < 2) {
    return <p className={classes.said}>{t("compare.onlyOne")}</p>;
  }
  const run = () => {
    setIsWarned(false);
    const start = prepare();
    if (start !== undefined) {
      runs.start({ start, protocols, repeats });
    }
  };
  return (
    <div className={classes.scroll}>
      <div className={classes.toolbar}>
        <label className={classes.repeats}>
          {t("compare.repeats")}
          <select value={repeats} onChange={({ target }) => setRepeats(Number(target.value))}>
            {repeatChoices.map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </select>
        </label>
        {state.phase === "running" ? (
          <button type="button" className={classes.run} onClick={runs.cancel}>
            {t("compare.cancel")}
          </button>
        ) : (
          <button
            type="button"
            className={classes.run}
            onClick={() => (isMarkedSafe(method) ? run() : setIsWarned(true))}
          >
            {t("compare.run", { count: protocols.length })}
          </button>
        )}
        <span role="status" className={classes.progress}>
          {state.phase === "idle"
            ? t("compare.hint")
            : t(`compare.phase.${state.phase}`, { done: state.done, total: state.total })}
        </span>
      </div>
      {isWarned ? (
        <div role="alert" className={classes.warning}>
          <p>{t("compare.sideEffects", { name: method.name, count: total })}</p>
          <button type="button" className={buttons.button} onClick={run}>
            {t("compare.runAnyway", { count: total })}
          </button>
          <button type="button" className={buttons.button} onClick={() => setIsWarned(false)}>
            {t("compare.leave")}
          </button>
        </div>
      ) : null}
      {method.methodKind === "server_streaming" ? (
        <p className={classes.said}>{t("compare.firstOnly", { count: mostStreamed })}</p>
      ) : null}
      <LaneTable
        lanes={state.lanes}
        missing={wireProtocols.filter((protocol) => !protocols.includes(protocol))}
        isRunning={state.phase === "running"}
      />
      {state.phase === "running" || answers.length < 2 ? null : (
        <DifferenceList
          differences={differences}
          names={answers.map(({ protocol }) => t(`protocol.name.${protocol}`))}
        />
      )}
    </div>
  );
}

/** Whether the schema says that calling the method again does no harm: `NO_SIDE_EFFECTS` or `IDEMPOTENT`. */
function isMarkedSafe({ idempotency }: DescMethod): boolean {
  return idempotency !== 0;
}
