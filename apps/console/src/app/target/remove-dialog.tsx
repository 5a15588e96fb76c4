import { ConnectError } from "@connectrpc/connect";
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { localTarget } from "../../schema/local-schema.ts";
import { useServices } from "../services.ts";
import classes from "./target-dialog.module.css";

/** Props of `RemoveDialog`. */
export interface RemoveDialogProps {
  readonly target: string;
  readonly onClose: () => void;
}

/** Asks before a target is removed, since the metadata that the server holds for it can't be brought back. */
export function RemoveDialog({ target, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const { targets, schemas, workbench } = useServices();
  const [problem, setProblem] = useState("");
  const remove = async () => {
    try {
      await targets.remove(target);
      schemas.forget(target);
      workbench.showTarget(localTarget);
      onClose();
    } catch (reason) {
      setProblem(ConnectError.from(reason).rawMessage);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("target.removeTitle", { name: target })}
      transitionProps={{ duration: 0 }}
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={classes.form}>
        <p className={classes.hint}>{t("target.removeHint")}</p>
        {problem === "" ? null : (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
        <div className={classes.actions}>
          <Button color="red" onClick={remove}>
            {t("target.remove")}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t("target.keep")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
