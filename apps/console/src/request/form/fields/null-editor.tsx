import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";

/** A `google.protobuf.NullValue`, which has one value: it is there or not. */
export function NullEditor({ id, label, value, isInvalid, describedBy, onChange, onRemove }: FieldEditorProps) {
  return (
    <button
      id={id}
      type="button"
      className={classes.null}
      aria-label={`${label}: null`}
      aria-pressed={value !== undefined}
      aria-invalid={isInvalid || undefined}
      aria-describedby={describedBy}
      onClick={() => (value === undefined ? onChange("null") : onRemove())}
    >
      null
    </button>
  );
}
