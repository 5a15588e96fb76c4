import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useServices } from "../services.ts";
import classes from "./keys-dialog.module.css";

/** Props of `KeysDialog`. */
export interface KeysDialogProps {
  readonly isShown: boolean;
  readonly onClose: () => void;
}

/** All keys of the page. */
export function KeysDialog({ isShown, onClose }: KeysDialogProps) {
  const { t } = useTranslation();
  const { commandKey } = useServices();
  const keys = [
    { keys: [commandKey, "Enter"], does: t("keys.send") },
    { keys: [commandKey, "Shift", "Enter"], does: t("keys.halfClose") },
    { keys: ["Esc"], does: t("keys.cancel") },
    { keys: [commandKey, "B"], does: t("keys.tree") },
    { keys: [commandKey, "\\"], does: t("keys.arrange") },
    { keys: ["/"], does: t("keys.filter") },
    { keys: ["T"], does: t("keys.target") },
    { keys: ["R"], does: t("keys.refresh") },
    { keys: ["Alt", "1 … 9"], does: t("keys.tabs") },
    { keys: ["Delete"], does: t("keys.close") },
    { keys: ["J", "K"], does: t("keys.select") },
    { keys: ["Space"], does: t("keys.pause") },
    { keys: ["F"], does: t("keys.follow") },
    { keys: ["?"], does: t("keys.help") },
  ];
  return (
    <Modal
      opened={isShown}
      onClose={onClose}
      title={t("keys.title")}
      transitionProps={{ duration: 0 }}
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
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
    </Modal>
  );
}
