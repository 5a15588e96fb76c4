import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { createId } from "../../ui/create-id.ts";
import { Icon } from "../../ui/icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import buttons from "../../ui/text-button.module.css";
import classes from "./target-dialog.module.css";
import type { HeldRow } from "./target-form.ts";

/** Props of `HeldMetadataEditor`. */
export interface HeldMetadataEditorProps {
  readonly rows: readonly HeldRow[];
  readonly onRowsChange: (rows: readonly HeldRow[]) => void;
}

/** Metadata whose values go to the server and never come back: one that is held there can be replaced or removed. */
export function HeldMetadataEditor({ rows, onRowsChange }: HeldMetadataEditorProps) {
  const { t } = useTranslation();
  const change = (id: string, next: Partial<HeldRow>) =>
    onRowsChange(rows.map((row) => (row.id === id ? { ...row, ...next } : row)));
  return (
    <>
      {rows.map(({ id, name, value }, at) => (
        <div key={id} className={classes.row}>
          <TextInput
            value={name}
            // The server finds a held value by its name.
            readOnly={value === undefined}
            onChange={(event) => change(id, { name: event.currentTarget.value })}
            aria-label={t("metadata.name", { position: at + 1 })}
            placeholder="authorization"
            spellCheck={false}
            autoCapitalize="off"
          />
          {value === undefined ? (
            <span className={classes.held}>
              {t("target.field.held")}
              <button type="button" className={buttons.button} onClick={() => change(id, { value: "" })}>
                {t("target.field.replace", { name })}
              </button>
            </span>
          ) : (
            <TextInput
              type="password"
              value={value}
              onChange={(event) => change(id, { value: event.currentTarget.value })}
              aria-label={t("metadata.value", { position: at + 1 })}
              placeholder={t("metadata.valueWord")}
              autoComplete="off"
              spellCheck={false}
            />
          )}
          <IconButton
            icon="close"
            label={t("metadata.remove", { position: at + 1 })}
            onClick={() => onRowsChange(rows.filter((row) => row.id !== id))}
          />
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          leftSection={<Icon name="plus" />}
          onClick={() => onRowsChange([...rows, { id: createId(), name: "", value: "" }])}
        >
          {t("metadata.add")}
        </Button>
      </div>
    </>
  );
}
