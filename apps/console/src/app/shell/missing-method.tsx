import { Button } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useServices } from "../services.ts";
import { type ShownTarget, useTarget } from "../target/use-target.ts";
import type { OpenTab } from "../workbench/open-tab.ts";
import classes from "./missing-method.module.css";

/** Props of `MissingMethod`. */
export interface MissingMethodProps {
  readonly tab: OpenTab;
}

/** A tab whose method is not known, or not yet: says why, and keeps what was typed in sight. */
export function MissingMethod({ tab }: MissingMethodProps) {
  const { t } = useTranslation();
  const { schemas, workbench, dialogs, targets } = useServices();
  const canAdd = useStore(targets.store, (state) => state.canAdd);
  const { route, draft } = tab;
  const shown = useTarget(route.target);
  const { title, text, isRemediable } = explain(t, tab, shown);
  return (
    <div className={classes.view} role="tabpanel" id="call-panel" aria-labelledby={`tab-${tab.id}`}>
      <h2>{title}</h2>
      <p className={classes.text}>{text}</p>
      {isRemediable ? (
        <div className={classes.actions}>
          <Button onClick={() => void schemas.refresh(route.target, { askTarget: true })}>{t("schema.refresh")}</Button>
          <Button variant="default" onClick={() => workbench.showTarget(route.target)}>
            {t("target.showPage")}
          </Button>
        </div>
      ) : null}
      {shown.isMissing && canAdd === true ? (
        <div className={classes.actions}>
          <Button onClick={() => dialogs.setState({ open: { kind: "add", address: "" } })}>{t("target.add")}</Button>
        </div>
      ) : null}
      {draft.text === "" ? null : <pre>{draft.text}</pre>}
    </div>
  );
}

interface Explanation {
  readonly title: string;
  readonly text: string;
  /** Whether asking again may help. */
  readonly isRemediable: boolean;
}

function explain(t: TFunction, { route }: OpenTab, { entry, isMissing }: ShownTarget): Explanation {
  const name = `${route.service}/${route.method}`;
  if (isMissing) {
    const title = t("target.missing", { name: route.target });
    return { title, text: t("target.missingHint"), isRemediable: false };
  }
  if (entry?.schema === undefined) {
    return entry?.phase === "failed"
      ? { title: t("schema.failed"), text: entry.error?.rawMessage ?? "", isRemediable: true }
      : { title: name, text: t("schema.loading"), isRemediable: false };
  }
  const broken = entry.schema.findBroken(route.service);
  if (broken !== undefined) {
    const text = broken.problem === "" ? t("tree.noDescriptor") : broken.problem;
    return { title: t("schema.brokenService", { name: route.service }), text, isRemediable: true };
  }
  const title = t("app.unknownMethod", { name });
  return { title, text: t("app.unknownMethodHint"), isRemediable: entry.schema.revision !== "" };
}
