import { useCallback, useId } from "react";
import { useTranslation } from "react-i18next";
import { applyEdits } from "../../document/apply-edits.ts";
import { setMember } from "../../document/edit-document.ts";
import { findAnyType, searchTypes, shownTypeUrl, typeUrlOf, writeTypeUrl } from "./any-type.ts";
import { quoteText } from "./escaped-text.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { ids } from "./ids.ts";
import { RawEditor } from "./raw-editor.tsx";
import { SuggestInput } from "./suggest-input.tsx";
import type { Suggestion } from "./suggestion.ts";
import { useTypedDraft } from "./use-typed-draft.ts";
import { documentOf } from "./value-document.ts";

/**
 * A `google.protobuf.Any`: the type that it holds, of all that the schema knows, and that type's own fields. What was filled
 * in for another type stays. A type that the schema doesn't know is edited as JSON text.
 */
export function AnyEditor(props: FieldEditorProps) {
  const { id, label, value, text, registry, comments, isInvalid, describedBy, onChange, onRemove, renderMessage } =
    props;
  const { t } = useTranslation();
  const noteId = useId();
  const url = typeUrlOf(value);
  const desc = url === undefined ? undefined : findAnyType(url, registry);
  const isUnknown = url !== undefined && desc === undefined;
  const put = (next: string) => {
    const json = quoteText(writeTypeUrl(next.trim()));
    if (value?.kind !== "object") {
      return `{"@type": ${json}}`;
    }
    const order = ["@type", ...value.members.map(({ key }) => key.tree.value)];
    return applyEdits(text, setMember(documentOf(text, value), [0], "@type", json, order));
  };
  const field = useTypedDraft({
    shown: url === undefined ? "" : shownTypeUrl(url),
    text,
    write: (typed) => (typed.trim() === "" && value?.kind !== "object" ? undefined : put(typed)),
    onChange,
    onRemove,
  });
  const search = useCallback(
    (query: string): readonly Suggestion[] =>
      searchTypes(registry, query).map((one) => ({
        key: one.typeName,
        label: one.typeName,
        detail: "",
        note: comments?.commentOf(one),
        isDeprecated: one.deprecated,
      })),
    [registry, comments],
  );
  return (
    <div className={classes.stack}>
      <div className={classes.editor}>
        <div className={classes.long}>
          <SuggestInput
            id={id}
            label={t("fieldEditor.any.type", { label })}
            value={field.shown}
            placeholder={t("fieldEditor.any.choose")}
            isInvalid={isInvalid}
            describedBy={ids(describedBy, isUnknown && noteId)}
            search={search}
            chosen={desc?.typeName}
            onType={field.type}
            onChoose={({ key }) => {
              field.settle();
              onChange(put(key));
            }}
            onSettle={field.settle}
          />
        </div>
      </div>
      {isUnknown ? (
        <>
          <p id={noteId} className={`${classes.note} ${classes.below}`} data-warning>
            {t("fieldEditor.any.unknown")}
          </p>
          <RawEditor
            {...props}
            id={`${id}-json`}
            label={t("fieldEditor.any.json", { label })}
            note={t("fieldEditor.any.jsonHint")}
          />
        </>
      ) : null}
      {desc === undefined ? null : renderMessage(desc)}
    </div>
  );
}
