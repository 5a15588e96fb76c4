import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { IconButton } from "../../ui/icon-button.tsx";
import { useServices } from "../services.ts";
import { maxTabs } from "../workbench/workbench-store.ts";
import classes from "./closed-notice.module.css";

const shownMs = 10_000;

/** Says which tab was closed and offers to bring it back, for ten seconds; and that there is no room for another. */
export function ClosedNotice() {
  const { t } = useTranslation();
  const { workbench, sessions } = useServices();
  const { closed, isFull } = useStore(workbench.store);
  useEffect(() => {
    if (closed === undefined) {
      return;
    }
    const timer = setTimeout(() => workbench.forgetClosed(), shownMs);
    return () => {
      clearTimeout(timer);
      const isBack = workbench.store.getState().tabs.some(({ id }) => id === closed.tab.id);
      if (!isBack) {
        sessions.drop(closed.tab.id);
      }
    };
  }, [closed, workbench, sessions]);
  return (
    <div role="status" className={classes.place}>
      {isFull ? <div className={classes.notice}>{t("app.tooManyTabs", { limit: maxTabs })}</div> : null}
      {closed === undefined ? null : (
        <div className={classes.notice}>
          <span>{t("app.closedTab", { name: closed.tab.route.method })}</span>
          <Button variant="subtle" onClick={workbench.undoClose}>
            {t("app.undo")}
          </Button>
          <IconButton icon="close" label={t("app.dismiss")} onClick={workbench.forgetClosed} />
        </div>
      )}
    </div>
  );
}
