import classes from "./field-editor.module.css";
import type { TypedField } from "./use-typed-draft.ts";

/** Props of `TypedInput`. */
export interface TypedInputProps {
  readonly id: string;
  /** What it shows, and what takes what is typed. */
  readonly field: TypedField;
  /** Its accessible name. */
  readonly label: string;
  readonly placeholder: string | undefined;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
  /** The keyboard that a touch screen offers. Default text. */
  readonly inputMode?: "text" | "numeric";
}

/** The one line in which a value with a grammar of its own is typed: a number, a time, a duration. */
export function TypedInput({ id, field, label, placeholder, isInvalid, describedBy, inputMode }: TypedInputProps) {
  return (
    <input
      id={id}
      type="text"
      inputMode={inputMode}
      className={classes.control}
      value={field.shown}
      placeholder={placeholder}
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      aria-describedby={describedBy}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      onChange={({ currentTarget }) => field.type(currentTarget.value)}
      onBlur={field.settle}
    />
  );
}
