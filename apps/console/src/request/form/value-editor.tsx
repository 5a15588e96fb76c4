import type { JsonTree } from "../document/json-tree.ts";
import { emptyValue } from "./empty-value.ts";
import { type FieldValueType, messageValueType } from "./field-value-type.ts";
import { findFieldEditor } from "./fields/field-editors.ts";
import { removeValue, setValue } from "./form-edits.ts";
import type { FormField, FormPlace } from "./form-place.ts";
import { useComments, useFormSession } from "./form-session.ts";
import { useShowInJson, useSourceText } from "./use-form.ts";
import { hasOwnJson } from "./value-shape.ts";

/** Props of `ValueEditor`. */
export interface ValueEditorProps {
  readonly place: FormPlace;
  readonly type: FieldValueType;
  /** Undefined for a whole message. */
  readonly field: FormField | undefined;
  readonly value: JsonTree | undefined;
  /** The accessible name. */
  readonly label: string;
  readonly placeholder: string;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
  /** How many messages are around the value. */
  readonly depth: number;
  /** Whether the value can be absent; otherwise taking it away leaves an empty one. */
  readonly isRemovable: boolean;
}

/** Whether values of a type are edited in one editor; other messages are shown field by field. */
export function hasEditor(type: FieldValueType): boolean {
  return findFieldEditor(type) !== undefined;
}

/** The editor of a value, in its place in the text. */
export function ValueEditor({ place, type, field, value, depth, isRemovable, ...rest }: ValueEditorProps) {
  const { edit, subject, MessageFields } = useFormSession();
  const comments = useComments();
  const text = useSourceText(place, value);
  const showInJson = useShowInJson(place);
  const Editor = findFieldEditor(type);
  if (Editor === undefined) {
    return null;
  }
  return (
    <Editor
      {...rest}
      id={place.id}
      value={value}
      text={text}
      type={type}
      field={field}
      registry={subject.registry}
      comments={comments}
      onChange={(json) => edit([setValue(place, json)])}
      onRemove={() => edit([isRemovable ? removeValue(place) : setValue(place, emptyValue(type))])}
      onShowInJson={showInJson}
      renderMessage={(desc) => {
        const inner = messageValueType(desc);
        if (inner.kind !== "message" || value?.kind !== "object") {
          return null;
        }
        if (!hasOwnJson(inner)) {
          return <MessageFields place={place} desc={desc} tree={value} depth={depth + 1} isAny />;
        }
        const member = value.members.find(({ key }) => key.tree.value === "value");
        return (
          <ValueEditor
            {...rest}
            place={place.child({ kind: "any" })}
            type={inner}
            field={undefined}
            value={member?.value.tree}
            placeholder=""
            depth={depth + 1}
            isRemovable={false}
          />
        );
      }}
    />
  );
}
