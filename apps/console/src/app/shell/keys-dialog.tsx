import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/dialog.tsx";
import { chordKeys } from "../actions/chord.ts";
import type { PageAction } from "../actions/page-actions.ts";
import { useServices } from "../services.ts";
import classes from "./keys-dialog.module.css";

/** Props of `KeysDialog`. */
export interface KeysDialogProps {
  readonly actions: readonly PageAction[];
  readonly onClose: () => void;
}

/** All keys of the page. */
export function KeysDialog({ actions, onClose }: KeysDialogProps) {
  const { t } = useTranslation();
  const { commandKey } = useServices();
  const keys = [
    ...actions.map(({ id, chord }) => ({ keys: chordKeys(chord, commandKey), does: t(`keys.${id}`) })),
    { keys: ["Alt", "1 … 9"], does: t("keys.tabs") },
    { keys: ["Delete"], does: t("keys.close") },
    { keys: ["J", "K"], does: t("keys.select") },
    { keys: ["Space"], does: t("keys.pause") },
    { keys: ["F"], does: t("keys.follow") },
  ];
  return (
    <Dialog title={t("keys.title")} closeLabel={t("action.close")} width={520} onClose={onClose}>
      <dl className={classes.list}>
        {keys.map(({ keys: chord, does }) => (
          <div key={does} className={classes.row}>
            <dt>{does}</dt>
            <dd>
              {chord.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.hint}>{t("keys.streamHint")}</p>
    </Dialog>
  );
}
