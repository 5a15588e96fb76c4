import { useTranslation } from "react-i18next";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";

/** A `google.protobuf.Empty`, of which there is nothing to edit. */
export function EmptyEditor({ id, label, describedBy }: FieldEditorProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: an output is announced when it changes, and this never does.
    <span id={id} role="group" aria-label={label} aria-describedby={describedBy} tabIndex={-1} className={classes.note}>
      {t("fieldEditor.noFields")}
    </span>
  );
}
