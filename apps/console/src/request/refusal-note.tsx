import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import type { ActionState } from "./call-actions.ts";
import classes from "./refusal-note.module.css";

/** Props of `RefusalNote`. */
export interface RefusalNoteProps {
  readonly refused: ActionState["refused"];
}

/** Says that nothing was sent and why, until something is sent. */
export function RefusalNote({ refused }: RefusalNoteProps) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.note} data-shown={refused !== undefined || undefined}>
      {refused === undefined ? null : (
        <span key={refused.attempt} className={classes.words}>
          <Icon name="warning" />
          {t(`refusal.${refused.reason}`)}
        </span>
      )}
    </div>
  );
}
