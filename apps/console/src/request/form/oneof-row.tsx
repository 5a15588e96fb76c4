import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { JsonIssue } from "../json/json-issue.ts";
import { RuleLines } from "../rules/rule-lines.tsx";
import { emptyMessage, initialValue } from "./empty-value.ts";
import { FieldComment } from "./field-comment.tsx";
import { FieldRow } from "./field-row.tsx";
import { fieldValueType } from "./field-value-type.ts";
import classes from "./form.module.css";
import { removeValue, setValue } from "./form-edits.ts";
import { parkedAt, parkedWith } from "./form-parking.ts";
import { type FormPlace, fieldLabel } from "./form-place.ts";
import { useComments, useFormSession } from "./form-session.ts";
import { IssueLines } from "./issue-lines.tsx";
import type { FieldRow as FieldRowModel } from "./message-rows.ts";

/** Props of `OneofRow`. */
export interface OneofRowProps {
  readonly message: FormPlace;
  readonly desc: DescMessage;
  readonly oneof: DescOneof;
  readonly chosen: DescField | undefined;
  readonly value: FieldRowModel["value"];
  readonly entryKey: FieldRowModel["key"];
  readonly depth: number;
  /** Issues about none of its fields being set. */
  readonly missing?: readonly JsonIssue[] | undefined;
}

const noIssues: readonly JsonIssue[] = [];

/** A choice of at most one field. What was typed for the others is kept, and comes back with them. */
export const OneofRow = memo(function OneofRow({
  message,
  desc,
  oneof,
  chosen,
  value,
  entryKey,
  depth,
  missing = noIssues,
}: OneofRowProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const comment = useComments()?.commentOf(oneof);
  const placeOf = (field: DescField) => message.child({ kind: "field", desc, field });
  const [first] = oneof.fields;
  const groupId = first === undefined ? message.id : `${placeOf(first).id}-oneof`;
  const choose = (field: DescField | undefined) => {
    const parked = chosen === undefined ? session.getParked() : parkedWith(session, placeOf(chosen));
    const removal = chosen === undefined ? [] : [removeValue(placeOf(chosen))];
    const addition = field === undefined ? [] : [setValue(placeOf(field), textFor(field))];
    session.edit([...removal, ...addition], parked);
  };
  const textFor = (field: DescField) => {
    const type = fieldValueType(field);
    const fresh = type.kind === "message" ? emptyMessage(type.message) : initialValue(field, type);
    return parkedAt(session, placeOf(field)) ?? fresh;
  };
  return (
    <div className={classes.oneof}>
      <div
        className={classes.row}
        role="radiogroup"
        aria-labelledby={groupId}
        aria-describedby={`${groupId}-comment ${groupId}-rules ${groupId}-issues`}
        data-unset={chosen === undefined || undefined}
        data-invalid={missing.length > 0 || undefined}
      >
        <div className={classes.label} id={groupId}>
          <span className={classes.lead} />
          <span className={classes.heading}>
            <span className={classes.name}>
              <bdi>{oneof.name}</bdi>
            </span>
            <span className={classes.type}>oneof</span>
          </span>
        </div>
        <div className={classes.choices}>
          {[undefined, ...oneof.fields].map((field) => (
            <label key={field?.number ?? 0} className={classes.choice} data-chosen={field === chosen || undefined}>
              <input
                id={field === undefined ? `${groupId}-none` : undefined}
                type="radio"
                name={groupId}
                checked={field === chosen}
                onChange={() => choose(field)}
                aria-label={field === undefined ? t("form.none") : fieldLabel(field)}
              />
              {field === undefined ? (
                <span className={classes.quiet}>{t("form.none")}</span>
              ) : (
                <bdi data-deprecated={field.deprecated || undefined}>{field.name}</bdi>
              )}
            </label>
          ))}
        </div>
        <FieldComment id={`${groupId}-comment`} text={comment} />
        <RuleLines id={`${groupId}-rules`} desc={oneof} registry={session.subject.registry} className={classes.rules} />
        <IssueLines id={`${groupId}-issues`} issues={missing} />
      </div>
      {chosen === undefined ? null : (
        <div className={classes.member}>
          <FieldRow
            key={chosen.number}
            message={message}
            desc={desc}
            field={chosen}
            value={value}
            entryKey={entryKey}
            depth={depth}
            isChosen
          />
        </div>
      )}
    </div>
  );
});
