import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type MetadataBytesFormat, metadataBytesFormats } from "../draft.ts";
import { showBytes, writeBytes } from "../form/fields/bytes-format.ts";
import classes from "./metadata-editor.module.css";

/** Props of `BytesValueField`. */
export interface BytesValueFieldProps {
  /** Base64, or what was typed in another form and is no bytes yet. */
  readonly value: string;
  /** The form in which the bytes are typed. */
  readonly format: MetadataBytesFormat;
  /** The row's place from 1: part of the controls' names. */
  readonly position: number;
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly onChange: (change: { readonly value?: string; readonly format?: MetadataBytesFormat }) => void;
}

/** The bytes of a `-bin` field, typed as base64, hexadecimal or text; what is sent is base64. A form that can't show them can't be chosen. */
export function BytesValueField({ value, format, position, label, onChange, ...props }: BytesValueFieldProps) {
  const { t } = useTranslation();
  const shown = showBytes(value, format);
  const used = shown === undefined ? "base64" : format;
  return (
    <div className={classes.bytes}>
      <TextInput
        value={shown ?? value}
        onChange={(event) => onChange({ value: writeBytes(event.currentTarget.value, used), format: used })}
        aria-label={label}
        aria-describedby={props.describedBy}
        placeholder={t(`metadata.format.${used}`)}
        error={props.isInvalid}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
      />
      <select
        aria-label={t("metadata.formatOf", { position })}
        title={t("metadata.formatOf", { position })}
        value={used}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChange({ format: metadataBytesFormats.find((known) => known === chosen) ?? "base64" });
        }}
      >
        {metadataBytesFormats.map((known) => (
          <option key={known} value={known} disabled={value !== "" && showBytes(value, known) === undefined}>
            {t(`metadata.format.${known}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
