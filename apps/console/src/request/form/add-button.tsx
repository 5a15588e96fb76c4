import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";

/** Props of `AddButton`. */
export interface AddButtonProps {
  readonly id: string;
  /** The list's name. */
  readonly name: string;
  readonly describedBy: string;
  readonly onAdd: () => void;
}

/** Adds an item or an entry at the end. */
export function AddButton({ id, name, describedBy, onAdd }: AddButtonProps) {
  const { t } = useTranslation();
  return (
    <IconButton
      id={id}
      icon="plus"
      label={t("form.addTo", { name })}
      text={t("form.addWord")}
      aria-describedby={describedBy}
      onClick={onAdd}
    />
  );
}
