import type { ReactNode } from "react";
import classes from "./target-dialog.module.css";

/** Props of `FormSection`. */
export interface FormSectionProps {
  readonly title: string;
  /** What the section says, in short; empty where it says nothing. */
  readonly summary: string;
  readonly isDangerous?: boolean;
  /** Unfolds the section, so that the problem is seen. */
  readonly hasProblem?: boolean;
  readonly children: ReactNode;
}

/** A part of a form that can be folded. */
export function FormSection({ title, summary, isDangerous = false, hasProblem = false, children }: FormSectionProps) {
  return (
    <details className={classes.section} open={hasProblem || undefined}>
      <summary>
        {title}
        <span className={classes.summary} data-danger={isDangerous || undefined}>
          {summary}
        </span>
      </summary>
      <div className={classes.body}>{children}</div>
    </details>
  );
}
