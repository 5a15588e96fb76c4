import { useTranslation } from "react-i18next";
import buttons from "../../ui/text-button.module.css";
import classes from "./form.module.css";

/** Props of `SetButton`. */
export interface SetButtonProps {
  readonly id: string;
  readonly name: string;
  readonly describedBy: string;
  readonly onSet: () => void;
}

/** Says that a message is absent, and sets it. */
export function SetButton({ id, name, describedBy, onSet }: SetButtonProps) {
  const { t } = useTranslation();
  return (
    <>
      <button
        type="button"
        id={id}
        className={buttons.button}
        aria-label={t("form.setName", { name })}
        aria-describedby={describedBy}
        onClick={onSet}
      >
        {t("form.setWord")}
      </button>
      <span className={classes.quiet}>{t("form.unset")}</span>
    </>
  );
}
