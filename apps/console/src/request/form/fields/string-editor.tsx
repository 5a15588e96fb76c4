import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countText } from "../../../ui/format-figures.ts";
import { saveFile } from "../../../ui/save-file.ts";
import buttons from "../../../ui/text-button.module.css";
import hidden from "../../../ui/visually-hidden.module.css";
import { escapeText, hasUnseen, quoteText, unescapeText } from "./escaped-text.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { ids } from "./ids.ts";
import { useTypedDraft } from "./use-typed-draft.ts";

/** The longest text that is edited in a field, in UTF-16 units; of a longer one the beginning is shown. */
const longestEdited = 20_000;
const shownOfLonger = 2_000;

/** A string. Grows with its lines; what a field would not show is shown as escapes; what is very long is shown cut. */
export function StringEditor(props: FieldEditorProps) {
  const content = props.value?.kind === "string" ? props.value.value : "";
  const hasGrown = useRef(false);
  return content.length > longestEdited ? (
    <LongText {...props} content={content} hasGrown={hasGrown} />
  ) : (
    <TextEditor {...props} content={content} hasGrown={hasGrown} />
  );
}

interface TextProps extends FieldEditorProps {
  /** The string itself. */
  readonly content: string;
  /** Whether the field was left for the one of long texts under the typing hand, which that one has to take on. */
  readonly hasGrown: RefObject<boolean>;
}

function TextEditor(props: TextProps) {
  const { id, label, text, placeholder, isInvalid, describedBy, onChange, onRemove, content, hasGrown } = props;
  const { t } = useTranslation();
  const noteId = useId();
  // How it is read stays as it is while someone types: a backslash must not change its meaning under the hand.
  const [heldEscapes, setHeldEscapes] = useState<boolean>();
  const [wantsEscapes, setWantsEscapes] = useState(false);
  const [hasHint, setHasHint] = useState(false);
  const isEscaped = heldEscapes ?? (wantsEscapes || hasUnseen(content));
  const field = useTypedDraft({
    shown: isEscaped ? escapeText(content) : content,
    text,
    write: (typed) => quoteText(isEscaped ? unescapeText(typed) : typed),
    onChange,
    onRemove,
  });
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isPlainEnter = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlainEnter && !event.nativeEvent.isComposing && !field.shown.includes("\n")) {
      event.preventDefault();
      setHasHint(true);
    }
  };
  const take = (element: HTMLTextAreaElement, typed: string) => {
    if (typed.length > longestEdited) {
      // Chromium lays a million characters out for seconds only to take the field away.
      element.value = "";
      hasGrown.current = true;
    }
    field.type(typed);
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData("text/plain").replaceAll(/\r\n?/g, "\n");
    const { currentTarget: target } = event;
    if (pasted.length > longestEdited) {
      event.preventDefault();
      const { value, selectionStart, selectionEnd } = target;
      take(target, value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
    }
  };
  return (
    <div className={classes.editor}>
      <div className={classes.long}>
        <textarea
          id={id}
          rows={Math.min(field.shown.split("\n", 12).length, 12)}
          className={classes.control}
          dir="auto"
          value={field.shown}
          placeholder={placeholder}
          aria-label={label}
          aria-invalid={isInvalid || undefined}
          aria-describedby={ids(describedBy, isEscaped && noteId)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onKeyDown={onKeyDown}
          onFocus={() => setHeldEscapes(isEscaped)}
          onPaste={onPaste}
          onChange={({ currentTarget }) => take(currentTarget, currentTarget.value)}
          onBlur={() => {
            field.settle();
            setHeldEscapes(undefined);
            setHasHint(false);
          }}
        />
      </div>
      {isEscaped || /[\\\n\t]/.test(content) ? (
        <button
          type="button"
          className={buttons.button}
          aria-pressed={isEscaped}
          aria-label={t("fieldEditor.escapesOf", { label })}
          disabled={hasUnseen(content)}
          onClick={() => setWantsEscapes(!wantsEscapes)}
        >
          <span aria-hidden="true">\n</span>
        </button>
      ) : null}
      {isEscaped ? (
        <p id={noteId} className={`${classes.note} ${classes.below}`}>
          {t("fieldEditor.escapesHint")}
        </p>
      ) : null}
      <span role="status" className={hasHint ? `${classes.note} ${classes.below}` : hidden.hidden}>
        {hasHint ? t("fieldEditor.newLineHint") : ""}
      </span>
    </div>
  );
}

function LongText({ id, label, describedBy, isInvalid, content, hasGrown, onChange, onShowInJson }: TextProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (hasGrown.current) {
      hasGrown.current = false;
      area.current?.focus();
    }
  }, [hasGrown]);
  return (
    <div className={classes.stack}>
      <textarea
        ref={area}
        id={id}
        readOnly
        className={`${classes.control} ${classes.cut}`}
        dir="auto"
        value={`${escapeText(content.slice(0, shownOfLonger))}…`}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
      />
      <div className={classes.tools}>
        <span className={classes.note}>{t("fieldEditor.longText", { count: countText(content.length) })}</span>
        {onShowInJson === undefined ? null : (
          <button type="button" className={buttons.button} onClick={onShowInJson}>
            {t("fieldEditor.showInJson")}
          </button>
        )}
        <button type="button" className={buttons.button} onClick={() => saveFile(`${label}.txt`, content)}>
          {t("action.download")}
        </button>
        <button type="button" className={buttons.button} onClick={() => onChange('""')}>
          {t("fieldEditor.empty")}
        </button>
      </div>
    </div>
  );
}
