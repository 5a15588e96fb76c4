import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { IconButton } from "../../ui/icon-button.tsx";
import { useServices } from "../services.ts";
import { type ClosedTab, maxTabs } from "../workbench/workbench-store.ts";
import classes from "./closed-notice.module.css";

const shownMs = 10_000;

/** Says which tab was closed and offers to bring it back, for ten seconds; and that there is no room for another. */
export function ClosedNotice() {
  const { t } = useTranslation();
  const { workbench } = useServices();
  const { closed, isFull } = useStore(workbench.store);
  const [dismissed, setDismissed] = useState<ClosedTab>();
  const last = closed[0];
  useEffect(() => {
    const timer = setTimeout(() => setDismissed(last), shownMs);
    return () => clearTimeout(timer);
  }, [last]);
  return (
    <div role="status" className={classes.place}>
      {isFull ? <div className={classes.notice}>{t("app.tooManyTabs", { limit: maxTabs })}</div> : null}
      {last === undefined || last === dismissed ? null : (
        <div className={classes.notice}>
          <span>{t("app.closedTab", { name: last.tab.route.method })}</span>
          <Button variant="subtle" onClick={workbench.undoClose}>
            {t("app.undo")}
          </Button>
          <IconButton icon="close" label={t("app.dismiss")} onClick={() => setDismissed(last)} />
        </div>
      )}
    </div>
  );
}
