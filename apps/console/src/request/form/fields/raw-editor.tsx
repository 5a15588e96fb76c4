import { useId } from "react";
import { useTranslation } from "react-i18next";
import { indentLines } from "../../document/text-layout.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { ids } from "./ids.ts";
import { shownRaw, writeRaw } from "./raw-text.ts";
import { useTypedDraft } from "./use-typed-draft.ts";

/** The longest text that is edited in a field, in UTF-16 units; of a longer one the beginning is shown. */
const longestEdited = 20_000;

/** Props of `RawEditor`. */
export interface RawEditorProps extends FieldEditorProps {
  /** What is said below the field; by default, that the value is of another kind. */
  readonly note?: string;
}

/** The JSON text of a value, whatever its kind. What is no JSON yet is kept as a string. */
export function RawEditor(props: RawEditorProps) {
  const { id, label, type, isInvalid, describedBy, onChange, onRemove, note } = props;
  const { t } = useTranslation();
  const noteId = useId();
  // Without the indentation that the text around adds to each line.
  const text = indentLines(props.text, "");
  const isLong = text.length > longestEdited;
  const field = useTypedDraft({
    shown: isLong ? `${text.slice(0, longestEdited)}…` : shownRaw(text),
    text,
    write: (typed) => (typed.trim() === "" ? undefined : indentLines(writeRaw(typed), "")),
    onChange,
    onRemove,
  });
  return (
    <div className={classes.stack}>
      <textarea
        id={id}
        rows={Math.min(field.shown.split("\n", 12).length, 12)}
        className={classes.control}
        dir="ltr"
        readOnly={isLong}
        value={field.shown}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={ids(describedBy, noteId)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={({ currentTarget }) => field.type(currentTarget.value)}
        onBlur={field.settle}
      />
      <p id={noteId} className={`${classes.note} ${classes.below}`} data-warning={note === undefined || undefined}>
        {note ?? t("fieldEditor.raw", { type: type.name })}
      </p>
    </div>
  );
}
