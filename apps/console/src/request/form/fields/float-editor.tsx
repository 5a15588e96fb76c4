import { ScalarType } from "@bufbuild/protobuf";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { ids } from "./ids.ts";
import { shownNumber, writeFloat } from "./number-text.ts";
import { scalarOf } from "./scalar-of.ts";
import { storedFloat } from "./stored-float.ts";
import { TypedInput } from "./typed-input.tsx";
import { useTypedDraft } from "./use-typed-draft.ts";

/**
 * A `float` or `double`, with NaN, the infinities and -0. Where digits are lost, what is stored is always told, and where
 * the value is only rounded, while the field has the focus.
 */
export function FloatEditor(props: FieldEditorProps) {
  const { id, label, value, text, type, placeholder, isInvalid, describedBy, onChange, onRemove } = props;
  const { t } = useTranslation();
  const noteId = useId();
  const scalar = scalarOf(type) === ScalarType.FLOAT ? ScalarType.FLOAT : ScalarType.DOUBLE;
  const shown = (value && shownNumber(value)) ?? "";
  const stored = storedFloat(scalar, shown);
  const field = useTypedDraft({
    shown,
    text,
    write: (typed) => (typed.trim() === "" ? undefined : writeFloat(typed)),
    onChange,
    onRemove,
  });
  return (
    <div className={classes.line}>
      <div className={classes.editor}>
        <div className={classes.short}>
          <TypedInput
            id={id}
            field={field}
            label={label}
            placeholder={placeholder}
            isInvalid={isInvalid}
            describedBy={ids(describedBy, noteId)}
          />
        </div>
        {stored?.isLossy === true ? (
          <span id={noteId} className={classes.note} data-warning>
            {t("fieldEditor.storedAs", { value: stored.text })}
          </span>
        ) : (
          <span id={noteId} className={`${classes.note} ${classes.range}`}>
            {stored === undefined ? t("fieldEditor.floatHint") : t("fieldEditor.storedAs", { value: stored.text })}
          </span>
        )}
      </div>
    </div>
  );
}
