import { type ReactNode, useId } from "react";
import classes from "./options-panel.module.css";

/** What ties a control to the words of its row. */
export interface RowLabel {
  readonly "aria-labelledby": string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean | undefined;
}

/** Props of `OptionRow`. */
export interface OptionRowProps {
  readonly label: string;
  /** What the option does, and for which calls. */
  readonly hint: string;
  /** What is wrong with what was typed; stands in place of the hint. */
  readonly problem?: string | undefined;
  readonly children: (label: RowLabel) => ReactNode;
}

/** One option: its name, its control, and what it does. */
export function OptionRow({ label, hint, problem, children }: OptionRowProps) {
  const id = useId();
  const isBad = problem !== undefined;
  return (
    <div className={classes.row}>
      <span id={`${id}-label`} className={classes.label}>
        {label}
      </span>
      <div className={classes.control}>
        {children({
          "aria-labelledby": `${id}-label`,
          "aria-describedby": `${id}-hint`,
          "aria-invalid": isBad || undefined,
        })}
        <p id={`${id}-hint`} className={classes.hint} data-bad={isBad || undefined}>
          {problem ?? hint}
        </p>
      </div>
    </div>
  );
}
