import { base64Encode } from "@bufbuild/protobuf/wire";
import { type DragEvent, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sizeText } from "../../../ui/format-figures.ts";
import { IconButton } from "../../../ui/icon-button.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import buttons from "../../../ui/text-button.module.css";
import hidden from "../../../ui/visually-hidden.module.css";
import { type BytesFormat, bytesFormats, readBytes, showBytes, writeBytes } from "./bytes-format.ts";
import { BytesImage } from "./bytes-image.tsx";
import { quoteText } from "./escaped-text.ts";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { ids } from "./ids.ts";
import { useTypedDraft } from "./use-typed-draft.ts";

/** The largest file that is taken: base64 makes a third more of it, and most servers refuse larger messages. */
const maxFileBytes = 16 * 2 ** 20;

/** The longest text that is edited in a field, in UTF-16 units of base64; of longer ones the beginning is shown. */
const longestEdited = 20_000;
const shownOfLonger = 2_000;

/** Bytes, typed in any of their forms, or a file's. Changing the form changes what is shown and never the bytes. */
export function BytesEditor(props: FieldEditorProps) {
  const { id, label, value, text, placeholder, isInvalid, describedBy, onChange, onRemove } = props;
  const { t } = useTranslation();
  const noteId = useId();
  const file = useRef<HTMLInputElement>(null);
  const content = value?.kind === "string" ? value.value : "";
  const read = useMemo(() => readBytes(content), [content]);
  const [wanted, setWanted] = useState<BytesFormat>();
  const [isOver, setIsOver] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const isLong = content.length > longestEdited;
  const bytes = read.kind === "bytes" ? read.bytes : undefined;
  // A multiple of four digits is whole bytes, so that the beginning can be shown in every form.
  const visible = isLong ? content.slice(0, shownOfLonger) : content;
  const exact = wanted === undefined ? undefined : showBytes(visible, wanted);
  const format = exact === undefined ? read.format : (wanted ?? read.format);
  const isUnshowable = wanted !== undefined && exact === undefined;
  const shown = exact ?? showBytes(visible, read.format) ?? visible;
  const field = useTypedDraft({
    shown: isLong ? `${shown}…` : shown,
    text,
    write: (typed) => quoteText(writeBytes(typed, format)),
    onChange,
    onRemove,
  });

  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) {
      return;
    }
    if (chosen.size > maxFileBytes) {
      const limit = sizeText(maxFileBytes);
      setRefusal(t("fieldEditor.fileTooLarge", { name: chosen.name, size: sizeText(chosen.size), limit }));
      return;
    }
    try {
      const taken = new Uint8Array(await chosen.arrayBuffer());
      setRefusal(undefined);
      field.settle();
      onChange(JSON.stringify(base64Encode(taken)));
    } catch {
      setRefusal(t("fieldEditor.fileUnread", { name: chosen.name }));
    }
  };
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length > 0) {
      event.preventDefault();
      setIsOver(false);
      void take(event.dataTransfer.files[0]);
    }
  };
  const onDragOver = (event: DragEvent) => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      setIsOver(true);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of two; the button within is the other.
    <div
      className={`${classes.stack} ${classes.drop}`}
      data-over={isOver || undefined}
      onDragOver={onDragOver}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <div className={classes.editor}>
        <div className={classes.long}>
          <textarea
            id={id}
            rows={Math.min(field.shown.split("\n", 8).length, 8)}
            className={classes.control}
            dir={format === "text" ? "auto" : "ltr"}
            readOnly={isLong}
            value={field.shown}
            placeholder={placeholder}
            aria-label={label}
            aria-invalid={isInvalid || undefined}
            aria-describedby={ids(describedBy, noteId)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={({ currentTarget }) => field.type(currentTarget.value)}
            onBlur={field.settle}
          />
        </div>
        <select
          className={classes.control}
          value={format}
          aria-label={t("fieldEditor.formOf", { label })}
          onChange={({ currentTarget }) => {
            field.settle();
            setWanted(bytesFormats.find((one) => one === currentTarget.value));
          }}
        >
          {bytesFormats.map((one) => (
            <option key={one} value={one}>
              {t(`fieldEditor.form.${one}`)}
            </option>
          ))}
        </select>
        <div className={classes.tools}>
          <span id={noteId} className={classes.note} data-bad={read.kind === "half" || undefined}>
            {bytes === undefined ? t(`fieldEditor.noBytes.${format}`) : sizeText(bytes.byteLength)}
            {isLong ? ` · ${t("fieldEditor.cut")}` : ""}
          </span>
          <IconButton
            icon="folder"
            label={t("fieldEditor.chooseFile", { label })}
            onClick={() => file.current?.click()}
          />
          {bytes === undefined || bytes.byteLength === 0 ? null : (
            <>
              <IconButton
                icon="download"
                label={t("fieldEditor.download", { label })}
                onClick={() => saveFile(`${label}.bin`, bytes)}
              />
              <IconButton icon="close" label={t("fieldEditor.emptyOut", { label })} onClick={() => onChange('""')} />
            </>
          )}
          {isLong && props.onShowInJson !== undefined ? (
            <button type="button" className={buttons.button} onClick={props.onShowInJson}>
              {t("fieldEditor.showInJson")}
            </button>
          ) : null}
          <input
            ref={file}
            type="file"
            hidden
            data-choose="bytes"
            onChange={({ currentTarget }) => {
              void take(currentTarget.files?.[0]);
              // So that the same file can be chosen again once it was changed.
              currentTarget.value = "";
            }}
          />
        </div>
      </div>
      {bytes === undefined ? null : <BytesImage bytes={bytes} label={label} />}
      <p role="status" className={isUnshowable ? `${classes.note} ${classes.below}` : hidden.hidden} data-warning>
        {isUnshowable ? t("fieldEditor.unshowable", { form: t(`fieldEditor.form.${wanted}`) }) : ""}
      </p>
      {refusal === undefined ? null : (
        <p role="alert" className={`${classes.note} ${classes.below}`} data-bad>
          {refusal}
        </p>
      )}
    </div>
  );
}
