import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import classes from "./form.module.css";

/** Props of `FoldButton`. */
export interface FoldButtonProps {
  readonly id?: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** The name of what is folded. */
  readonly name: string;
  readonly describedBy?: string;
}

/** Opens and folds what stands below it. */
export function FoldButton({ id, isOpen, onToggle, name, describedBy }: FoldButtonProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      id={id}
      className={classes.fold}
      aria-expanded={isOpen}
      aria-label={t("form.fields", { name })}
      aria-describedby={describedBy}
      onClick={onToggle}
    >
      <Icon name="chevron" turned={isOpen} />
    </button>
  );
}
