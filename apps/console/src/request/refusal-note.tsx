import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import text from "../ui/text-button.module.css";
import type { ActionState } from "./call-actions.ts";
import classes from "./refusal-note.module.css";

/** Props of `RefusalNote`. */
export interface RefusalNoteProps {
  readonly refused: ActionState["refused"];
  /** Sends although rules are broken. */
  readonly onSendAnyway: () => void;
}

/** Says that nothing was sent and why, until something is sent. */
export function RefusalNote({ refused, onSendAnyway }: RefusalNoteProps) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.note} data-shown={refused?.reason}>
      {refused === undefined ? null : (
        <span key={refused.attempt} className={classes.words}>
          <Icon name="warning" />
          {refused.reason === "rules" ? (
            <>
              {t("rules.notSent", { replace: { broken: refused.broken } })}
              <button type="button" className={text.button} onClick={onSendAnyway}>
                {t("rules.sendAnyway")}
              </button>
            </>
          ) : (
            t(`refusal.${refused.reason}`)
          )}
        </span>
      )}
    </div>
  );
}
