import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";

/** A bool as a switch, with its value as a word. */
export function BoolEditor({ id, label, value, placeholder, isInvalid, describedBy, onChange }: FieldEditorProps) {
  const isOn = value === undefined ? placeholder === "true" : value.kind === "word" && value.value === true;
  return (
    <label className={classes.switch}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        onChange={({ currentTarget }) => onChange(String(currentTarget.checked))}
      />
      <span aria-hidden="true" className={value === undefined ? classes.absent : undefined}>
        {String(isOn)}
      </span>
    </label>
  );
}
