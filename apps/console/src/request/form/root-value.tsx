import { useTranslation } from "react-i18next";
import type { JsonTree } from "../document/json-tree.ts";
import { messageValueType } from "./field-value-type.ts";
import classes from "./form.module.css";
import type { FormPlace } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { IssueLines } from "./issue-lines.tsx";
import { RawValue } from "./raw-value.tsx";
import { useIssuesOf } from "./use-form.ts";
import { hasEditor, ValueEditor } from "./value-editor.tsx";

/** Props of `RootValue`. */
export interface RootValueProps {
  readonly place: FormPlace;
  /** Undefined where the text is empty. */
  readonly tree: JsonTree | undefined;
  readonly label: string;
}

/** A whole message: its fields, or the one editor of a type that has one. */
export function RootValue({ place, tree, label }: RootValueProps) {
  const { t } = useTranslation();
  const { subject, MessageFields } = useFormSession();
  const issues = useIssuesOf(tree).filter(({ missing }) => missing === undefined);
  const type = messageValueType(subject.input);
  const value = tree?.kind === "missing" ? undefined : tree;
  const issuesId = `${place.id}-issues`;
  const describedBy = issues.length === 0 ? undefined : issuesId;
  return (
    <div className={classes.root}>
      <IssueLines id={issuesId} issues={issues} />
      {hasEditor(type) ? (
        <div className={classes.rootEditor}>
          <ValueEditor
            place={place}
            type={type}
            field={undefined}
            value={value}
            label={label}
            placeholder={t("form.unset")}
            isInvalid={issues.length > 0}
            describedBy={describedBy}
            depth={0}
            isRemovable={false}
          />
        </div>
      ) : value === undefined || value.kind === "object" ? (
        <MessageFields place={place} desc={subject.input} tree={value} depth={0} />
      ) : (
        <div className={classes.rootEditor}>
          <RawValue place={place} value={value} label={label} describedBy={describedBy} />
        </div>
      )}
    </div>
  );
}
