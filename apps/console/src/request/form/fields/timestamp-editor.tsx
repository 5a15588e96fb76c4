import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/icon-button.tsx";
import buttons from "../../../ui/text-button.module.css";
import { quoteText } from "./escaped-text.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { TimestampPicker } from "./timestamp-picker.tsx";
import { TypedInput } from "./typed-input.tsx";
import { useTypedDraft } from "./use-typed-draft.ts";

/** A `google.protobuf.Timestamp`: its text to the nanosecond, with its zone, and a picker that opens below. */
export function TimestampEditor(props: FieldEditorProps) {
  const { id, label, value, text, placeholder, isInvalid, describedBy, onChange, onRemove } = props;
  const { t } = useTranslation();
  const pickerId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const content = value?.kind === "string" ? value.value : "";
  const field = useTypedDraft({
    shown: content,
    text,
    write: (typed) => (typed.trim() === "" ? undefined : quoteText(typed.trim())),
    onChange,
    onRemove,
  });
  const set = (moment: string) => {
    field.settle();
    onChange(quoteText(moment));
  };
  return (
    <div className={classes.stack}>
      <div className={classes.editor}>
        <div className={classes.timestamp}>
          <TypedInput
            id={id}
            field={field}
            label={label}
            placeholder={placeholder || "2030-10-10T12:00:00Z"}
            isInvalid={isInvalid}
            describedBy={describedBy}
          />
        </div>
        <span className={classes.tools}>
          <IconButton
            icon="clock"
            label={t("fieldEditor.pickTime", { label })}
            aria-expanded={isOpen}
            aria-controls={isOpen ? pickerId : undefined}
            onClick={() => setIsOpen(!isOpen)}
          />
          <button
            type="button"
            className={buttons.button}
            aria-label={t("fieldEditor.nowFor", { label })}
            onClick={() => set(new Date().toISOString())}
          >
            {t("fieldEditor.now")}
          </button>
        </span>
      </div>
      {isOpen ? <TimestampPicker id={pickerId} label={label} text={content} onChange={set} /> : null}
    </div>
  );
}
