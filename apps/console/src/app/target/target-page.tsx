import { Button } from "@mantine/core";
import { type Target, Target_Origin, Wire } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useServices } from "../services.ts";
import { ChangesList } from "./changes-list.tsx";
import { InsecureMark } from "./insecure-mark.tsx";
import { MissingTarget } from "./missing-target.tsx";
import { SchemaSummary } from "./schema-summary.tsx";
import { TargetDot } from "./target-dot.tsx";
import classes from "./target-page.module.css";
import { targetState } from "./target-state.ts";
import { TestStages } from "./test-stages.tsx";
import { useTarget } from "./use-target.ts";
import { useTargetTest } from "./use-target-test.ts";

/** Props of `TargetPage`. */
export interface TargetPageProps {
  /** The target's name, as the address has it. */
  readonly name: string;
}

/** A target as a whole: how it stands, what it speaks, where its schema comes from, and what can be done with it. */
export function TargetPage({ name }: TargetPageProps) {
  const { entry, target, isMissing } = useTarget(name);
  if (isMissing) {
    return <MissingTarget name={name} />;
  }
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <div className={classes.title}>
          <h2>{name}</h2>
          <TargetDot state={targetState(entry)} />
          <InsecureMark target={target} />
        </div>
        {target === undefined ? null : <Facts target={target} />}
        <Actions name={name} target={target} />
        {entry?.changes === undefined ? null : <ChangesList changes={entry.changes} />}
        <SchemaSummary target={name} entry={entry} />
      </div>
    </div>
  );
}

function Facts({ target }: { readonly target: Target }) {
  const { t } = useTranslation();
  const wires = [
    ...(target.wires.includes(Wire.GRPC) ? ["gRPC"] : []),
    ...(target.wires.includes(Wire.GRPC_WEB) ? ["gRPC-Web"] : []),
    ...(target.wires.includes(Wire.CONNECT) ? ["Connect"] : []),
  ];
  const held = target.metadata.map((field) => field.name);
  return (
    <dl className={classes.facts}>
      <dt>{t("target.field.address")}</dt>
      <dd>
        <code>{target.address}</code>
        <CopyButton text={() => target.address} label={`${t("action.copy")}: ${t("target.field.address")}`} />
      </dd>
      <dt>{t("target.speaks")}</dt>
      <dd>{wires.length === 0 ? t("target.speaksUnknown") : wires.join(", ")}</dd>
      {held.length === 0 ? null : (
        <>
          <dt>{t("target.section.metadata")}</dt>
          <dd>
            <code>{held.join(", ")}</code> · {t("target.field.held")}
          </dd>
        </>
      )}
      {target.origin === Target_Origin.COMMAND_LINE ? (
        <>
          <dt>{t("target.origin")}</dt>
          <dd>{t("target.fromCommandLine")}</dd>
        </>
      ) : null}
    </dl>
  );
}

function Actions({ name, target }: { readonly name: string; readonly target: Target | undefined }) {
  const { t } = useTranslation();
  const { dialogs, targets } = useServices();
  const test = useTargetTest();
  const { kind } = useStore(test.store);
  const show = (dialog: "edit" | "schema" | "remove") => dialogs.setState({ open: { kind: dialog, target: name } });
  const start = async () => {
    const end = target && (await test.start(target, name));
    targets.learn(name, end?.wires ?? []);
  };
  const isSaved = target?.origin === Target_Origin.SAVED;
  return (
    <>
      <div className={classes.actions}>
        <Button variant="default" disabled={target === undefined} onClick={kind === "running" ? test.cancel : start}>
          {kind === "running" ? t("target.test.stop") : t("target.test.start")}
        </Button>
        <Button variant="default" onClick={() => show("schema")}>
          {t("schema.open")}
        </Button>
        {isSaved ? (
          <>
            <Button variant="default" onClick={() => show("edit")}>
              {t("target.edit")}
            </Button>
            <Button variant="subtle" color="red" onClick={() => show("remove")}>
              {t("target.remove")}
            </Button>
          </>
        ) : null}
      </div>
      <TestStages test={test} />
    </>
  );
}
