import { Button } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { createId } from "../../ui/create-id.ts";
import { Icon } from "../../ui/icon.tsx";
import type { MetadataRow } from "../draft.ts";
import classes from "./metadata-editor.module.css";
import { MetadataRowEditor } from "./metadata-row-editor.tsx";

/** Props of `MetadataEditor`. */
export interface MetadataEditorProps {
  readonly rows: readonly MetadataRow[];
  readonly onRowsChange: (rows: readonly MetadataRow[]) => void;
}

/** The most rows: HTTP servers refuse many more header fields. */
const maxRows = 64;

/** Request metadata as rows of a name and a value. */
export function MetadataEditor({ rows, onRowsChange }: MetadataEditorProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const focusAfterRemoval = (position: number) => {
    const buttons = list.current?.querySelectorAll<HTMLElement>("[data-remove]");
    const next = buttons?.[Math.min(position, (buttons.length ?? 1) - 1)];
    (next ?? list.current?.querySelector<HTMLElement>("[data-add]"))?.focus();
  };
  const add = () => {
    onRowsChange([...rows, { id: createId(), name: "", value: "", isEnabled: true }]);
    requestAnimationFrame(() => {
      [...(list.current?.querySelectorAll<HTMLElement>("[data-name]") ?? [])].at(-1)?.focus();
    });
  };
  return (
    <div ref={list} className={classes.editor}>
      {rows.length === 0 ? <p className={classes.hint}>{t("metadata.hint")}</p> : null}
      {rows.map((row, position) => (
        <MetadataRowEditor
          key={row.id}
          row={row}
          position={position + 1}
          onChange={(changed) => onRowsChange(rows.with(position, changed))}
          onRemove={() => {
            onRowsChange(rows.toSpliced(position, 1));
            requestAnimationFrame(() => focusAfterRemoval(position));
          }}
        />
      ))}
      <Button
        data-add
        variant="subtle"
        leftSection={<Icon name="plus" />}
        onClick={add}
        disabled={rows.length >= maxRows}
      >
        {t("metadata.add")}
      </Button>
    </div>
  );
}
