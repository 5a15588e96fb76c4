import type { DescMessage } from "@bufbuild/protobuf";
import { memo } from "react";
import type { JsonStringTree, JsonTree } from "../document/json-tree.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { fieldValueType } from "./field-value-type.ts";
import type { FormField, FormPlace } from "./form-place.ts";
import { ListRow } from "./list-row.tsx";
import { MapRow } from "./map-row.tsx";
import { MessageRow } from "./message-row.tsx";
import { SingularRow } from "./singular-row.tsx";
import { useIssuesOf } from "./use-form.ts";
import { hasEditor } from "./value-editor.tsx";

/** Props of `FieldRow`. */
export interface FieldRowProps {
  readonly message: FormPlace;
  readonly desc: DescMessage;
  readonly field: FormField;
  readonly value: JsonTree | undefined;
  /** The member's name in the text. */
  readonly entryKey: JsonStringTree | undefined;
  readonly depth: number;
  /** Whether the field's oneof says that it is set. */
  readonly isChosen?: boolean;
  /** Issues about the field's absence. */
  readonly missing?: readonly JsonIssue[];
}

/** A field of a message, by its kind. Rendered again only when its own part of the text changes. */
export const FieldRow = memo(function FieldRow(props: FieldRowProps) {
  const { message, desc, field, value, entryKey, depth, isChosen = false, missing } = props;
  const place = message.child({ kind: "field", desc, field });
  const type = fieldValueType(field);
  const ofKey = useIssuesOf(entryKey);
  const ofValue = useIssuesOf(value);
  const issues = ofKey.length === 0 && missing === undefined ? ofValue : [...ofKey, ...ofValue, ...(missing ?? [])];
  const shared = { place, type, value, issues, depth };
  if (field.fieldKind === "list") {
    return <ListRow {...shared} field={field} />;
  }
  if (field.fieldKind === "map") {
    return <MapRow {...shared} field={field} />;
  }
  return type.kind === "message" && !hasEditor(type) ? (
    <MessageRow {...shared} field={field} type={type} isChosen={isChosen} />
  ) : (
    <SingularRow {...shared} field={field} isChosen={isChosen} />
  );
});
