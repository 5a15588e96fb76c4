import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { localTarget } from "../../schema/local-schema.ts";
import { useServices } from "../services.ts";
import classes from "./target-page.module.css";

/** Props of `MissingTarget`. */
export interface MissingTargetProps {
  readonly name: string;
}

/** What stands where the address names a target that there is not. */
export function MissingTarget({ name }: MissingTargetProps) {
  const { t } = useTranslation();
  const { workbench, dialogs, targets } = useServices();
  const canAdd = useStore(targets.store, (state) => state.canAdd);
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <div className={classes.title}>
          <h2>{t("target.missing", { name })}</h2>
        </div>
        <p className={classes.lead}>{t("target.missingHint")}</p>
        <div className={classes.actions}>
          {canAdd === true ? (
            <Button onClick={() => dialogs.setState({ open: { kind: "add", address: "" } })}>{t("target.add")}</Button>
          ) : null}
          <Button variant="default" onClick={() => workbench.showTarget(localTarget)}>
            {t("target.showLocal")}
          </Button>
        </div>
      </div>
    </div>
  );
}
