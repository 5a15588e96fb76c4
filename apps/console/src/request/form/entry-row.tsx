import { ScalarType } from "@bufbuild/protobuf";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { scalarName } from "../../schema/field-type.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { renameMember } from "../document/edit-document.ts";
import type { JsonStringTree, JsonTree } from "../document/json-tree.ts";
import type { FieldValueType } from "./field-value-type.ts";
import { findPlace } from "./find-place.ts";
import { FoldButton } from "./fold-button.tsx";
import classes from "./form.module.css";
import { removeMemberAt } from "./form-edits.ts";
import { afterRemoval, followItems } from "./form-parking.ts";
import { type FormField, type FormPlace, fieldLabel } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { IssueLines } from "./issue-lines.tsx";
import { MessageBody, MessageSummary, useMessageOpen } from "./message-body.tsx";
import { useIssuesOf } from "./use-form.ts";
import { hasEditor, ValueEditor } from "./value-editor.tsx";
import { previewOf } from "./value-shape.ts";

/** Props of `EntryRow`. */
export interface EntryRowProps {
  readonly map: FormPlace;
  readonly position: number;
  readonly field: FormField & { readonly fieldKind: "map" };
  readonly type: FieldValueType;
  readonly entryKey: JsonStringTree;
  readonly value: JsonTree;
  readonly depth: number;
  readonly isLast: boolean;
}

/** One entry of a map: its key, its value, and what takes it away. */
export const EntryRow = memo(function EntryRow(props: EntryRowProps) {
  const { map, position, field, type, entryKey, value, depth, isLast } = props;
  const { t } = useTranslation();
  const session = useFormSession();
  const place = map.child({ kind: "entry", position });
  const keyIssues = useIssuesOf(entryKey);
  const issues = useIssuesOf(value);
  const [isOpen, toggle] = useMessageOpen(place, value, depth);
  const name = `${fieldLabel(field)}[${previewOf(JSON.stringify(entryKey.value))}]`;
  const label = t("form.valueOf", { name });
  const described = issues.length === 0 ? undefined : `${place.id}-issues`;
  const isBlock = type.kind === "message" && !hasEditor(type);
  const remove = () => {
    session.edit([removeMemberAt(map, position)], followItems(session, map, afterRemoval(position)));
    const next = map.child({ kind: "entry", position: isLast ? position - 1 : position });
    session.focusSoon(...(isLast && position === 0 ? [] : [`${next.id}-remove`]), map.id);
  };
  return (
    <div className={classes.entry} data-invalid={issues.length + keyIssues.length > 0 || undefined}>
      <span className={classes.lead}>
        {isBlock && value.kind === "object" ? (
          <FoldButton id={place.id} isOpen={isOpen} onToggle={toggle} name={name} />
        ) : null}
      </span>
      <KeyInput {...props} place={place} name={name} isInvalid={keyIssues.length > 0} />
      <div className={classes.editor}>
        {isBlock ? (
          <MessageSummary place={place} value={value} name={label} isOpen={isOpen} describedBy={described} />
        ) : (
          <ValueEditor
            place={place}
            type={type}
            field={field}
            value={value.kind === "missing" ? undefined : value}
            label={label}
            placeholder=""
            isInvalid={issues.length > 0}
            describedBy={described}
            depth={depth}
            isRemovable={false}
          />
        )}
      </div>
      <span className={classes.actions}>
        <IconButton id={`${place.id}-remove`} icon="close" label={t("form.remove", { name })} onClick={remove} />
      </span>
      <IssueLines id={`${place.id}-key-issues`} issues={keyIssues} />
      <IssueLines id={`${place.id}-issues`} issues={issues} />
      {isBlock && isOpen && value.kind === "object" ? (
        <div className={classes.below}>
          <MessageBody place={place} type={type} tree={value} depth={depth} name={name} />
        </div>
      ) : null}
    </div>
  );
});

interface KeyInputProps extends EntryRowProps {
  readonly place: FormPlace;
  readonly name: string;
  readonly isInvalid: boolean;
}

function KeyInput({ map, position, field, entryKey, place, name, isInvalid }: KeyInputProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const rename = (key: string) =>
    session.edit([
      (document, subject) => {
        const found = findPlace(document, map, subject);
        return found === undefined ? [] : renameMember(document, found.path, position, key);
      },
    ]);
  const shared = {
    id: `${place.id}-key`,
    className: classes.key,
    value: entryKey.value,
    "aria-label": t("form.keyOf", { name }),
    "aria-invalid": isInvalid || undefined,
    "aria-describedby": isInvalid ? `${place.id}-key-issues` : undefined,
    title: scalarName(field.mapKey),
  };
  if (field.mapKey === ScalarType.BOOL && /^(?:true|false)$/.test(entryKey.value)) {
    return (
      <select {...shared} onChange={(event) => rename(event.currentTarget.value)}>
        <option value="false">false</option>
        <option value="true">true</option>
      </select>
    );
  }
  return (
    <input
      {...shared}
      type="text"
      placeholder={field.mapKey === ScalarType.STRING ? t("form.emptyKey") : scalarName(field.mapKey)}
      inputMode={field.mapKey === ScalarType.STRING ? undefined : "numeric"}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      onChange={(event) => rename(event.currentTarget.value)}
    />
  );
}
