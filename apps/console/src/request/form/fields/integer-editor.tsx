import { useId } from "react";
import { integerRange } from "../../json/integer-range.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { ids } from "./ids.ts";
import { shownNumber, writeInteger } from "./number-text.ts";
import { scalarOf } from "./scalar-of.ts";
import { TypedInput } from "./typed-input.tsx";
import { useTypedDraft } from "./use-typed-draft.ts";

/** An integer of any type, digit for digit. Its range is shown while it has the focus; emptied, it is taken away. */
export function IntegerEditor(props: FieldEditorProps) {
  const { id, label, value, text, type, placeholder, isInvalid, describedBy, onChange, onRemove } = props;
  const rangeId = useId();
  const scalar = scalarOf(type);
  const [min, max] = integerRange(scalar) ?? [0n, 0n];
  const field = useTypedDraft({
    shown: (value && shownNumber(value)) ?? "",
    text,
    write: (typed) => (typed.trim() === "" ? undefined : writeInteger(scalar, typed, value)),
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
            describedBy={ids(describedBy, rangeId)}
            inputMode={min < 0n ? "text" : "numeric"}
          />
        </div>
        <span id={rangeId} className={`${classes.note} ${classes.range}`}>
          {`${min} … ${max}`}
        </span>
      </div>
    </div>
  );
}
