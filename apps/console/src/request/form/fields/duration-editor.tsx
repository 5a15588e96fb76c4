import { useId } from "react";
import { useTranslation } from "react-i18next";
import { longDuration, writeDuration } from "./duration-text.ts";
import { quoteText } from "./escaped-text.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { ids } from "./ids.ts";
import { TypedInput } from "./typed-input.tsx";
import { useTypedDraft } from "./use-typed-draft.ts";

/** A `google.protobuf.Duration`: seconds, or any units, of which seconds are made. */
export function DurationEditor(props: FieldEditorProps) {
  const { id, label, value, text, placeholder, isInvalid, describedBy, onChange, onRemove } = props;
  const { t } = useTranslation();
  const noteId = useId();
  const content = value?.kind === "string" ? value.value : "";
  const field = useTypedDraft({
    shown: content,
    text,
    write: (typed) => (typed.trim() === "" ? undefined : quoteText(writeDuration(typed))),
    onChange,
    onRemove,
  });
  const isConverted = field.isTyped && field.shown.trim() !== content && writeDuration(content) === content;
  const long = longDuration(content);
  const words = [isConverted ? content : "", long ?? ""].filter((word) => word !== "");
  return (
    <div className={classes.line}>
      <div className={classes.editor}>
        <div className={classes.short}>
          <TypedInput
            id={id}
            field={field}
            label={label}
            placeholder={placeholder || "1.5s"}
            isInvalid={isInvalid}
            describedBy={ids(describedBy, noteId)}
          />
        </div>
        {words.length > 0 ? (
          <span id={noteId} className={classes.note}>
            {`= ${words.join(" = ")}`}
          </span>
        ) : (
          <span id={noteId} className={`${classes.note} ${classes.range}`}>
            {t("fieldEditor.durationHint")}
          </span>
        )}
      </div>
    </div>
  );
}
