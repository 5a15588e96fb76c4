import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { checkRow } from "../check-draft.ts";
import type { MetadataRow } from "../draft.ts";
import { BytesValueField } from "./bytes-value-field.tsx";
import classes from "./metadata-editor.module.css";
import type { MetadataProblem } from "./metadata-rules.ts";
import { ValueNote } from "./value-note.tsx";

/** Props of `MetadataRowEditor`. */
export interface MetadataRowEditorProps {
  readonly row: MetadataRow;
  /** Its place from 1: part of its controls' names. */
  readonly position: number;
  /** The id of the list of names that are offered. */
  readonly namesId: string;
  readonly onChange: (row: MetadataRow) => void;
  readonly onRemove: () => void;
}

/** One row of metadata. What is wrong with it stands below it, or else what its value says. */
export function MetadataRowEditor({ row, position, namesId, onChange, onRemove }: MetadataRowEditorProps) {
  const { t } = useTranslation();
  const problems = checkRow(row);
  const problemId = `metadata-problem-${row.id}`;
  const word = (problem: MetadataProblem | undefined) =>
    problem === undefined
      ? ""
      : t(`metadata.problem.${problem}`, { name: row.name, suggestion: row.name.toLowerCase() });
  const text = [word(problems?.name), word(problems?.value)].filter((part) => part !== "").join(" ");
  const valueProps = {
    label: t("metadata.value", { position }),
    describedBy: text === "" ? undefined : problemId,
    isInvalid: problems?.value !== undefined,
  };
  return (
    <div className={classes.row}>
      <input
        type="checkbox"
        checked={row.isEnabled}
        onChange={(event) => onChange({ ...row, isEnabled: event.currentTarget.checked })}
        aria-label={t("metadata.enabled", { position })}
        title={t("metadata.enabled", { position })}
      />
      <TextInput
        data-name
        list={namesId}
        value={row.name}
        onChange={(event) => onChange({ ...row, name: event.currentTarget.value })}
        aria-label={t("metadata.name", { position })}
        aria-describedby={text === "" ? undefined : problemId}
        placeholder="x-request-id"
        error={problems?.name !== undefined}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
      />
      {row.name.endsWith("-bin") ? (
        <BytesValueField
          {...valueProps}
          value={row.value}
          format={row.format ?? "base64"}
          position={position}
          onChange={(change) => onChange({ ...row, ...change })}
        />
      ) : (
        <TextInput
          value={row.value}
          onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
          aria-label={valueProps.label}
          aria-describedby={valueProps.describedBy}
          placeholder={t("metadata.valueWord")}
          error={valueProps.isInvalid}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
        />
      )}
      <IconButton data-remove icon="close" label={t("metadata.remove", { position })} onClick={onRemove} />
      {text === "" ? (
        <ValueNote row={row} />
      ) : (
        <p id={problemId} className={classes.problem} role="alert">
          {text}
        </p>
      )}
    </div>
  );
}
