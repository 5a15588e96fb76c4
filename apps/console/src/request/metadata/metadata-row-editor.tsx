import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { checkRow } from "../check-draft.ts";
import type { MetadataRow } from "../draft.ts";
import classes from "./metadata-editor.module.css";
import type { MetadataProblem } from "./metadata-rules.ts";

/** Props of `MetadataRowEditor`. */
export interface MetadataRowEditorProps {
  readonly row: MetadataRow;
  /** Its place from 1: part of its controls' names. */
  readonly position: number;
  readonly onChange: (row: MetadataRow) => void;
  readonly onRemove: () => void;
}

/** One row of metadata. What is wrong with it stands below it. */
export function MetadataRowEditor({ row, position, onChange, onRemove }: MetadataRowEditorProps) {
  const { t } = useTranslation();
  const problems = checkRow(row);
  const problemId = `metadata-problem-${row.id}`;
  const word = (problem: MetadataProblem | undefined) =>
    problem === undefined
      ? ""
      : t(`metadata.problem.${problem}`, { name: row.name, suggestion: row.name.toLowerCase() });
  const text = [word(problems?.name), word(problems?.value)].filter((part) => part !== "").join(" ");
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
        value={row.name}
        onChange={(event) => onChange({ ...row, name: event.currentTarget.value })}
        aria-label={t("metadata.name", { position })}
        aria-describedby={text === "" ? undefined : problemId}
        placeholder="x-request-id"
        error={problems?.name !== undefined}
        spellCheck={false}
        autoCapitalize="off"
      />
      <TextInput
        value={row.value}
        onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
        aria-label={t("metadata.value", { position })}
        aria-describedby={text === "" ? undefined : problemId}
        placeholder={row.name.endsWith("-bin") ? "base64" : t("metadata.valueWord")}
        error={problems?.value !== undefined}
        spellCheck={false}
        autoCapitalize="off"
      />
      <IconButton data-remove icon="close" label={t("metadata.remove", { position })} onClick={onRemove} />
      {text === "" ? null : (
        <p id={problemId} className={classes.problem} role="alert">
          {text}
        </p>
      )}
    </div>
  );
}
