import type { DescEnumValue } from "@bufbuild/protobuf";
import { useCallback, useId } from "react";
import { useTranslation } from "react-i18next";
import { aliasOf, type EnumContent, readEnum, searchEnum, writeEnum } from "./enum-choices.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { ids } from "./ids.ts";
import { SuggestInput } from "./suggest-input.tsx";
import type { Suggestion } from "./suggestion.ts";
import { useTypedDraft } from "./use-typed-draft.ts";

/** A value of an enum by its name, or any number: those that the enum doesn't have are kept, and marked. */
export function EnumEditor(props: FieldEditorProps) {
  const { id, label, value, text, type, comments, placeholder, isInvalid, describedBy, onChange, onRemove } = props;
  const { t } = useTranslation();
  const noteId = useId();
  const desc = type.kind === "enum" ? type.enum : undefined;
  const content: EnumContent = (desc && readEnum(desc, value)) ?? { kind: "absent" };
  const field = useTypedDraft({
    shown: content.kind === "absent" ? "" : content.typed,
    text,
    write: (typed) => (typed.trim() === "" ? undefined : writeEnum(typed)),
    onChange,
    onRemove,
  });
  const search = useCallback(
    (query: string): readonly Suggestion[] => {
      const commentOf = (one: DescEnumValue) => comments?.commentOf(one);
      return (desc === undefined ? [] : searchEnum(desc, query, commentOf)).map((one) => ({
        key: one.name,
        label: one.name,
        detail: aliasOf(one) === undefined ? String(one.number) : `${one.number} = ${aliasOf(one)?.name}`,
        note: commentOf(one),
        isDeprecated: one.deprecated,
      }));
    },
    [desc, comments],
  );
  const note = noteOf(content, desc?.open === true);
  return (
    <div className={classes.editor}>
      <div className={classes.short}>
        <SuggestInput
          id={id}
          label={label}
          value={field.shown}
          placeholder={placeholder}
          isInvalid={isInvalid}
          describedBy={ids(describedBy, note !== undefined && noteId)}
          search={search}
          marksFirst={(typed) => !/^\s*-?[0-9]+\s*$/.test(typed)}
          chosen={content.kind === "known" ? content.value.name : undefined}
          onType={field.type}
          onChoose={({ key }) => {
            field.settle();
            onChange(JSON.stringify(key));
          }}
          onSettle={field.settle}
        />
      </div>
      {note === undefined ? null : (
        <bdi id={noteId} className={classes.note} data-warning={note.isWarning || undefined}>
          {note.key === undefined ? note.text : t(`fieldEditor.enum.${note.key}`, { value: note.text })}
        </bdi>
      )}
    </div>
  );
}

interface EnumNote {
  /** Under `fieldEditor.enum`; undefined where the text says it all. */
  readonly key?: "unknown" | "closed" | "deprecated";
  readonly text: string;
  readonly isWarning?: boolean;
}

function noteOf(content: EnumContent, isOpen: boolean): EnumNote | undefined {
  switch (content.kind) {
    case "known": {
      const { value, typed } = content;
      const text = typed === String(value.number) ? value.name : String(value.number);
      return value.deprecated ? { key: "deprecated", text, isWarning: true } : { text };
    }
    case "unknownNumber":
      return { key: isOpen ? "unknown" : "closed", text: content.typed, isWarning: true };
    case "absent":
    case "half":
      return undefined;
  }
}
