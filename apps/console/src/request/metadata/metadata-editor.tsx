import { Button } from "@mantine/core";
import { useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { createId } from "../../ui/create-id.ts";
import { Icon } from "../../ui/icon.tsx";
import type { MetadataRow } from "../draft.ts";
import { type AuthorizationKind, authorizationKinds, withField } from "./authorization.ts";
import { AuthorizationForm } from "./authorization-form.tsx";
import { offeredNames } from "./known-names.ts";
import classes from "./metadata-editor.module.css";
import { MetadataRowEditor } from "./metadata-row-editor.tsx";

/** Props of `MetadataEditor`. */
export interface MetadataEditorProps {
  readonly rows: readonly MetadataRow[];
  readonly onRowsChange: (rows: readonly MetadataRow[]) => void;
}

/** The most rows: HTTP servers refuse many more header fields. */
const maxRows = 64;

/** Request metadata as rows of a name and a value, with help for saying who calls. A name can stand in several rows. */
export function MetadataEditor({ rows, onRowsChange }: MetadataEditorProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const namesId = useId();
  const [asked, setAsked] = useState<AuthorizationKind>();
  const names = useMemo(() => offeredNames(rows.map(({ name }) => name)), [rows]);
  const focus = (selector: string, pick: (found: readonly HTMLElement[]) => HTMLElement | undefined) =>
    requestAnimationFrame(() => pick([...(list.current?.querySelectorAll<HTMLElement>(selector) ?? [])])?.focus());
  const focusAfterRemoval = (position: number) =>
    focus("[data-remove], [data-add]", (found) => found[Math.min(position, found.length - 1)]);
  const add = () => {
    onRowsChange([...rows, { id: createId(), name: "", value: "", isEnabled: true }]);
    focus("[data-name]", (found) => found.at(-1));
  };
  const leave = (kind: AuthorizationKind) => {
    setAsked(undefined);
    focus(`[data-authorization="${kind}"]`, ([button]) => button);
  };
  return (
    <div ref={list} className={classes.editor}>
      <datalist id={namesId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {rows.length === 0 ? <p className={classes.hint}>{t("metadata.hint")}</p> : null}
      {rows.map((row, position) => (
        <MetadataRowEditor
          key={row.id}
          row={row}
          position={position + 1}
          namesId={namesId}
          onChange={(changed) => onRowsChange(rows.with(position, changed))}
          onRemove={() => {
            onRowsChange(rows.toSpliced(position, 1));
            focusAfterRemoval(position);
          }}
        />
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here. */}
      <div className={classes.tools} role="group" aria-label={t("metadata.tools")}>
        <Button
          data-add
          variant="subtle"
          leftSection={<Icon name="plus" />}
          onClick={add}
          disabled={rows.length >= maxRows}
          title={rows.length >= maxRows ? t("metadata.full", { limit: maxRows }) : undefined}
        >
          {t("metadata.add")}
        </Button>
        <span className={classes.toolsWord}>{t("metadata.auth.label")}</span>
        {authorizationKinds.map((kind) => (
          <Button
            key={kind}
            data-authorization={kind}
            variant="subtle"
            aria-expanded={asked === kind}
            onClick={() => {
              setAsked(kind);
              focus("form [data-autofocus]", ([field]) => field);
            }}
          >
            {t(`metadata.auth.${kind}`)}
          </Button>
        ))}
      </div>
      {asked === undefined ? null : (
        <AuthorizationForm
          key={asked}
          kind={asked}
          onSet={(row) => {
            onRowsChange(withField(rows, row));
            leave(asked);
          }}
          onCancel={() => leave(asked)}
        />
      )}
    </div>
  );
}
