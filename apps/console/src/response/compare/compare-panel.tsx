import type { DescMethod } from "@bufbuild/protobuf";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoreApi } from "zustand/vanilla";
import type { CallStart } from "../../call/call.ts";
import type { ServerWire } from "../../call/wire-protocol.ts";
import buttons from "../../ui/text-button.module.css";
import type { AnswerRuns } from "./answer-runs.ts";
import classes from "./compare-panel.module.css";
import type { EarlierAnswersState } from "./earlier-answers.ts";
import { EarlierView } from "./earlier-view.tsx";
import { WiresView } from "./wires-view.tsx";

/** Props of `ComparePanel`. */
export interface ComparePanelProps {
  readonly method: DescMethod;
  /** What the server speaks. */
  readonly wires: ReadonlySet<ServerWire>;
  /** What *Send* would send now; undefined where it refuses, and says why beside the request. */
  readonly prepare: () => CallStart | undefined;
  readonly runs: AnswerRuns;
  readonly earlier: StoreApi<EarlierAnswersState>;
}

const modes = ["wires", "earlier"] as const;

/** Answers side by side: of one request over several protocols, or of this call now and before. */
export function ComparePanel({ method, wires, prepare, runs, earlier }: ComparePanelProps) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<(typeof modes)[number]>("wires");
  return (
    <div className={classes.panel}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here. */}
      <div role="group" aria-label={t("compare.what")} className={`${buttons.group} ${classes.modes}`}>
        {modes.map((one) => (
          <button
            key={one}
            type="button"
            className={buttons.button}
            aria-pressed={one === mode}
            onClick={() => setMode(one)}
          >
            {t(`compare.mode.${one}`)}
          </button>
        ))}
      </div>
      {mode === "wires" ? (
        <WiresView method={method} wires={wires} prepare={prepare} runs={runs} />
      ) : (
        <EarlierView earlier={earlier} />
      )}
    </div>
  );
}
