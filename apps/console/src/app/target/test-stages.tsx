import {
  TestTargetResponse_Stage as Stage,
  TestTargetResponse_State as State,
  type TestTargetResponse_Fault,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { StageOutcome, TargetTest } from "../../target/target-test.ts";
import { knownFaultKind } from "./fault-kinds.ts";
import classes from "./test-stages.module.css";

/** Props of `TestStages`. */
export interface TestStagesProps {
  readonly test: TargetTest;
}

const stageKeys = {
  [Stage.POLICY]: "policy",
  [Stage.RESOLVE]: "resolve",
  [Stage.CONNECT]: "connect",
  [Stage.TLS]: "tls",
  [Stage.HTTP]: "http",
  [Stage.PROTOCOLS]: "protocols",
  [Stage.REFLECTION]: "reflection",
} as const;

const stateKeys = {
  [State.RUNNING]: "running",
  [State.PASSED]: "passed",
  [State.FAILED]: "failed",
  [State.SKIPPED]: "skipped",
} as const;

/** The stages of a test as they come, each with what was found; what failed with the reason and what would mend it. */
export function TestStages({ test }: TestStagesProps) {
  const { t } = useTranslation();
  const { kind, stages, error } = useStore(test.store);
  if (kind === "idle") {
    return null;
  }
  return (
    <section className={classes.test} aria-label={t("target.test.label")}>
      <ol className={classes.stages}>
        {stages.map((outcome) => (
          <StageLine key={outcome.stage} outcome={outcome} />
        ))}
      </ol>
      <p role="status" className={classes.verdict} data-kind={kind}>
        {t(`target.test.verdict.${kind}`)}
      </p>
      {error === undefined ? null : <p className={classes.words}>{error.rawMessage}</p>}
    </section>
  );
}

function StageLine({ outcome: { stage, state, finding, fault } }: { readonly outcome: StageOutcome }) {
  const { t } = useTranslation();
  if (stage === Stage.UNSPECIFIED || state === State.UNSPECIFIED) {
    return null;
  }
  // A target can do without telling its schema.
  const isWarning = state === State.FAILED && stage === Stage.REFLECTION;
  return (
    <li className={classes.stage} data-state={isWarning ? "warning" : stateKeys[state]}>
      <span className={classes.line}>
        <span className={classes.name}>{t(`target.test.stage.${stageKeys[stage]}`)}</span>
        <span className={classes.state}>{t(`target.test.state.${stateKeys[state]}`)}</span>
        <span className={classes.finding}>{finding}</span>
      </span>
      {fault === undefined ? null : <FaultText fault={fault} />}
    </li>
  );
}

/** A fault in the page's own words where it has some, and in the server's, which are the more exact ones. */
function FaultText({ fault }: { readonly fault: TestTargetResponse_Fault }) {
  const { t } = useTranslation();
  const kind = knownFaultKind(fault.kind);
  return (
    <div className={classes.fault}>
      {kind === undefined ? null : <p>{t(`target.fault.${kind}`)}</p>}
      <p className={kind === undefined ? undefined : classes.words}>{fault.message}</p>
    </div>
  );
}
