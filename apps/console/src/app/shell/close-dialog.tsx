import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { Dialog } from "../../ui/dialog.tsx";
import { useServices } from "../services.ts";
import classes from "./close-dialog.module.css";

/** Asks before a tab is closed whose call is under way. */
export function CloseDialog() {
  const { t } = useTranslation();
  const { workbench, sessions } = useServices();
  const asked = useStore(workbench.store, ({ tabs, askedToClose }) => tabs.find(({ id }) => id === askedToClose));
  if (asked === undefined) {
    return null;
  }
  const keep = () => workbench.askToClose(undefined);
  const close = () => {
    sessions.find(asked.id)?.call.cancel();
    workbench.close(asked.id);
  };
  return (
    <Dialog title={t("app.closeRunning", { name: asked.route.method })} closeLabel={t("action.close")} onClose={keep}>
      <p className={classes.hint}>{t("app.closeRunningHint")}</p>
      <div className={classes.actions}>
        <Button color="red" onClick={close}>
          {t("app.cancelAndClose")}
        </Button>
        <Button variant="default" data-autofocus onClick={keep}>
          {t("app.keepOpen")}
        </Button>
      </div>
    </Dialog>
  );
}
