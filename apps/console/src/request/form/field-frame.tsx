import type { ReactNode } from "react";
import type { JsonIssue } from "../json/json-issue.ts";
import { RuleLines } from "../rules/rule-lines.tsx";
import { FieldComment } from "./field-comment.tsx";
import { FieldHeading } from "./field-heading.tsx";
import classes from "./form.module.css";
import type { FormField, FormPlace } from "./form-place.ts";
import { useComments, useFormSession } from "./form-session.ts";
import { IssueLines } from "./issue-lines.tsx";

/** Props of `FieldFrame`. */
export interface FieldFrameProps {
  readonly field: FormField;
  readonly place: FormPlace;
  /** What stands before the name: a fold, or the mark of a field that is set. */
  readonly lead?: ReactNode;
  /** Whether the label belongs to one control, which has the place's id. */
  readonly hasControl?: boolean;
  readonly issues: readonly JsonIssue[];
  /** Whether the field has a value. */
  readonly isSet: boolean;
  /** The value beside the name. */
  readonly children: ReactNode;
  /** What stands below, over both columns. */
  readonly below?: ReactNode;
}

/** The ids that describe the control of a place: type, comment, rules and issues. */
export function describedBy(place: FormPlace, issues: readonly JsonIssue[]): string {
  const ids = [`${place.id}-type`, `${place.id}-comment`, `${place.id}-rules`];
  return (issues.length === 0 ? ids : [...ids, `${place.id}-issues`]).join(" ");
}

/** A field's row: its name and type, its value, what its comment and its rules say of it, and what is wrong with it, in this order. */
export function FieldFrame({
  field,
  place,
  lead,
  hasControl = false,
  issues,
  isSet,
  children,
  below,
}: FieldFrameProps) {
  const comment = useComments()?.commentOf(field);
  const { registry } = useFormSession().subject;
  return (
    <div className={classes.row} data-unset={!isSet || undefined} data-invalid={issues.length > 0 || undefined}>
      <div className={classes.label}>
        <span className={classes.lead}>{lead}</span>
        <span className={classes.heading}>
          <FieldHeading field={field} controlId={hasControl ? place.id : undefined} typeId={`${place.id}-type`} />
        </span>
      </div>
      <div className={classes.value}>{children}</div>
      <FieldComment id={`${place.id}-comment`} text={comment} />
      <RuleLines id={`${place.id}-rules`} desc={field} registry={registry} className={classes.rules} />
      <IssueLines id={`${place.id}-issues`} issues={issues} />
      {below === undefined ? null : <div className={classes.below}>{below}</div>}
    </div>
  );
}
