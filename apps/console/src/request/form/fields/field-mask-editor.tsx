import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldType } from "../../../schema/field-type.ts";
import { IconButton } from "../../../ui/icon-button.tsx";
import { quoteText } from "./escaped-text.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import {
  completeMaskPath,
  hasJsonPath,
  isKnownPath,
  maskRoots,
  splitMask,
  toJsonPath,
  toProtoPath,
} from "./mask-paths.ts";
import { SuggestInput } from "./suggest-input.tsx";
import type { Suggestion } from "./suggestion.ts";

/**
 * A `google.protobuf.FieldMask` as tokens, as proto files write them; behind them a field for the next, with the paths of
 * the message that the mask is about. What is typed there is part of the mask at once.
 */
export function FieldMaskEditor(props: FieldEditorProps) {
  const { id, label, value, field, comments, placeholder, isInvalid, describedBy, onChange } = props;
  const { t } = useTranslation();
  const content = value?.kind === "string" ? value.value : "";
  const paths = splitMask(content);
  // The last path is the one that is typed, as long as nobody else has changed it.
  const [draft, setDraft] = useState({ typed: "", content: "" });
  const typed = draft.content === content ? draft.typed : "";
  const tokens = typed === "" ? paths : paths.slice(0, -1);

  const roots = useMemo(() => (field?.kind === "field" ? maskRoots(field.parent) : []), [field]);
  const search = useCallback(
    (query: string): readonly Suggestion[] => {
      const wanted = query.trim();
      return roots.flatMap((root) =>
        completeMaskPath(root, wanted)
          .filter(({ path }) => hasJsonPath(path))
          .map((found) => ({
            key: `${root.typeName}/${found.path}`,
            label: found.path,
            detail: fieldType(found.field),
            note: comments?.commentOf(found.field),
            isDeprecated: found.field.deprecated,
          })),
      );
    },
    [roots, comments],
  );
  const write = (next: readonly string[], nextTyped: string) => {
    const json = toJsonPath(nextTyped.trim());
    const joined = [...next, ...(json === "" ? [] : [json])].join(",");
    setDraft({ typed: nextTyped, content: joined });
    onChange(quoteText(joined));
  };
  const type = (text: string) => {
    const [last = "", ...before] = text.split(/[,\s]+/).reverse();
    write(
      [
        ...tokens,
        ...before
          .reverse()
          .filter((path) => path !== "")
          .map(toJsonPath),
      ],
      last,
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault();
      write(paths, "");
    } else if (event.key === "Backspace" && typed === "" && tokens.length > 0) {
      event.preventDefault();
      // It can be mended, as a letter would be.
      write(tokens.slice(0, -1), toProtoPath(tokens.at(-1) ?? ""));
    }
  };
  return (
    <div className={classes.stack}>
      {tokens.length === 0 ? null : (
        <ul className={classes.tokens} aria-label={t("fieldEditor.mask.paths", { label })}>
          {tokens.map((token, position) => {
            const path = toProtoPath(token);
            const isUnknown = roots.length > 0 && !isKnownPath(roots, path);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: tokens may repeat, and have nothing but their place.
              <li key={`${position} ${token}`} className={classes.token} data-unknown={isUnknown || undefined}>
                <bdi title={token}>{path}</bdi>
                {isUnknown ? <span className={classes.note}>&nbsp;{t("fieldEditor.mask.unknown")}</span> : null}
                <IconButton
                  icon="close"
                  label={t("fieldEditor.mask.remove", { path })}
                  onClick={() => {
                    write(tokens.toSpliced(position, 1), typed);
                    document.getElementById(id)?.focus();
                  }}
                />
              </li>
            );
          })}
        </ul>
      )}
      <div className={classes.path}>
        <SuggestInput
          id={id}
          label={label}
          value={typed}
          placeholder={tokens.length === 0 ? placeholder || "name, address.city" : t("fieldEditor.mask.add")}
          isInvalid={isInvalid}
          describedBy={describedBy}
          search={search}
          marksFirst={(text) => !isKnownPath(roots, toProtoPath(text.trim()))}
          onType={type}
          onChoose={(suggestion) => write([...tokens, toJsonPath(suggestion.label)], "")}
          onSettle={() => setDraft({ typed: "", content })}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}
