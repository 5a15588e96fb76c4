import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { freeName } from "../../target/target-address.ts";
import { useServices } from "../services.ts";
import { saveProblems } from "../target/save-problems.ts";
import { saveTarget } from "../target/save-target.ts";
import { createForm, readForm } from "../target/target-form.ts";
import { TestStages } from "../target/test-stages.tsx";
import { useTargetTest } from "../target/use-target-test.ts";
import classes from "./connect-server.module.css";

/** One field for the address of a server: it is tested, added, and its methods are shown. */
export function ConnectServer() {
  const { t } = useTranslation();
  const services = useServices();
  const { targets, dialogs } = services;
  const { canAdd, targets: known } = useStore(targets.store);
  const [address, setAddress] = useState("");
  const [problem, setProblem] = useState("");
  const [isSaving, setIsSaving] = useState(false);
  const test = useTargetTest();
  const { kind } = useStore(test.store);

  const read = () => {
    const form = readForm(createForm(address));
    if (form.kind === "invalid") {
      return undefined;
    }
    form.target.name = freeName(form.target.name, new Set(known.map(({ name }) => name)));
    return form.target;
  };
  const add = async () => {
    const target = read();
    if (target === undefined) {
      return;
    }
    setIsSaving(true);
    try {
      await saveTarget(services, { target, previousName: "", wires: test.store.getState().wires });
    } catch (reason) {
      const { byField, others } = saveProblems(reason);
      setProblem([...byField.values(), ...others].join(" "));
      setIsSaving(false);
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem("");
    const target = read();
    if (target === undefined) {
      setProblem(t("target.field.addressMissing"));
      return;
    }
    const end = await test.start(target, "");
    if (end?.kind === "passed") {
      await add();
    } else if (end?.kind === "broken") {
      const { byField, others } = saveProblems(end.error);
      setProblem([...byField.values(), ...others].join(" "));
    }
  };
  return (
    <section className={classes.connect} aria-labelledby="connect-title">
      <h3 id="connect-title">{t("start.connect")}</h3>
      <p>{canAdd === false ? t("target.cannotAdd") : t("start.connectText")}</p>
      {canAdd === false ? null : (
        <form className={classes.line} onSubmit={submit}>
          <TextInput
            className={classes.field}
            aria-label={t("target.field.address")}
            placeholder="localhost:50051"
            value={address}
            onChange={(event) => {
              setAddress(event.currentTarget.value);
              setProblem("");
              test.cancel();
            }}
            error={problem === "" ? null : problem}
            spellCheck={false}
            autoCapitalize="off"
          />
          <Button type="submit" loading={kind === "running" || isSaving}>
            {t("start.connectAction")}
          </Button>
          <Button variant="subtle" onClick={() => dialogs.setState({ open: { kind: "add", address } })}>
            {t("start.connectMore")}
          </Button>
        </form>
      )}
      <TestStages test={test} />
      {kind === "failed" ? (
        <div className={classes.actions}>
          <Button variant="default" loading={isSaving} onClick={add}>
            {t("start.addAnyway")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
