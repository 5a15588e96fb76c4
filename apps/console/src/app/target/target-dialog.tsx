import { Button, Modal } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { createId } from "../../ui/create-id.ts";
import { useServices } from "../services.ts";
import { type SaveProblems, saveProblems } from "./save-problems.ts";
import { saveTarget } from "./save-target.ts";
import classes from "./target-dialog.module.css";
import { TargetFields } from "./target-fields.tsx";
import { createForm, type FormField, formOf, readForm, type TargetForm } from "./target-form.ts";
import { TestStages } from "./test-stages.tsx";
import { useTargetTest } from "./use-target-test.ts";

/** Props of `TargetDialog`. */
export interface TargetDialogProps {
  /** What was typed for the address already. */
  readonly typedAddress?: string;
  /** The target to change; a new one is added where none is named. */
  readonly previousName?: string;
  readonly onClose: () => void;
}

const noProblems: SaveProblems = { byField: new Map(), others: [] };

/** Adds a target or changes one: its address first, and all else where it is needed. It can be tested before. */
export function TargetDialog({ typedAddress = "", previousName = "", onClose }: TargetDialogProps) {
  const { t } = useTranslation();
  const services = useServices();
  const [form, setForm] = useState(() => initialForm(services.targets.find(previousName), typedAddress));
  const [unread, setUnread] = useState<ReadonlySet<FormField>>(new Set());
  const [problems, setProblems] = useState(noProblems);
  const [isSaving, setIsSaving] = useState(false);
  const test = useTargetTest();
  const testing = useStore(test.store, ({ kind }) => kind);

  const hasProblem = problems.byField.size > 0 || unread.size > 0;
  const change = (next: Partial<TargetForm>) => {
    setForm({ ...form, ...next });
    setUnread(new Set());
    setProblems(noProblems);
  };
  const read = () => {
    const result = readForm(form);
    setUnread(result.kind === "invalid" ? result.fields : new Set());
    return result.kind === "valid" ? result.target : undefined;
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const target = read();
    if (target === undefined || isSaving) {
      return;
    }
    setIsSaving(true);
    try {
      await saveTarget(services, { target, previousName, wires: test.store.getState().wires });
      onClose();
    } catch (reason) {
      setProblems(saveProblems(reason));
      setIsSaving(false);
    }
  };
  const startTest = () => {
    const target = read();
    if (target !== undefined) {
      void test.start(target, previousName);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={previousName === "" ? t("target.addTitle") : t("target.editTitle", { name: previousName })}
      size={680}
      transitionProps={{ duration: 0 }}
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={classes.form} onSubmit={save}>
        <TargetFields form={form} onChange={change} unread={unread} problems={problems} />
        <TestStages test={test} />
        <div className={classes.foot}>
          {[...problems.others, ...(hasProblem ? [t("target.notSaved")] : [])].map((text) => (
            <p key={text} role="alert" className={classes.problem}>
              {text}
            </p>
          ))}
          <div className={classes.actions}>
            <Button type="submit" loading={isSaving}>
              {previousName === "" ? t("target.addAndOpen") : t("target.save")}
            </Button>
            <Button variant="default" onClick={testing === "running" ? test.cancel : startTest}>
              {testing === "running" ? t("target.test.stop") : t("target.test.start")}
            </Button>
            <span className={classes.space} />
            <Button variant="subtle" onClick={onClose}>
              {t("action.cancel")}
            </Button>
          </div>
        </div>
      </form>
    </Modal>
  );
}

function initialForm(target: Parameters<typeof formOf>[0] | undefined, typedAddress: string): TargetForm {
  return target === undefined ? createForm(typedAddress) : formOf(target, createId);
}
