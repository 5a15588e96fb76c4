import { useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { JsonIssue } from "../json/json-issue.ts";
import { RuleLines } from "../rules/rule-lines.tsx";
import { AddExtension } from "./add-extension.tsx";
import { ChunkedRows } from "./chunked-rows.tsx";
import { FieldRow } from "./field-row.tsx";
import classes from "./form.module.css";
import type { FormPlace } from "./form-place.ts";
import { type MessageFieldsProps, useFormSession } from "./form-session.ts";
import { Indent } from "./indent.ts";
import { filterRows, type MessageRow, messageRows, type RowFilter } from "./message-rows.ts";
import { OneofRow } from "./oneof-row.tsx";
import { RawRow } from "./raw-row.tsx";
import { RowFilterBar } from "./row-filter-bar.tsx";
import { useIssuesOf } from "./use-form.ts";

/** Messages with more fields can be filtered. */
const mostUnfiltered = 20;

/** The height of a field's row in pixels, before it is known. */
const rowHeight = 36;

const noFilter: RowFilter = { words: "", onlySet: false };

/** The fields of one message, in the order of the schema; then what stands in the text besides. */
export function MessageFields({ place, desc, tree, depth, isAny = false }: MessageFieldsProps) {
  const { t } = useTranslation();
  const { subject, memory } = useFormSession();
  const filter = useStore(memory.view, ({ filters }) => filters.get(place)) ?? noFilter;
  const missing = useMissing(useIssuesOf(tree));
  const { rows: all, setCount } = messageRows(desc, tree, subject.registry);
  const known = isAny ? all.filter((row) => row.kind !== "raw" || row.key.value !== "@type") : all;
  const rows = filterRows(known, filter);
  const render = (position: number) => {
    const row = rows[position];
    switch (row?.kind) {
      case "field":
        return (
          <FieldRow
            message={place}
            desc={desc}
            field={row.field}
            value={row.value}
            entryKey={row.key}
            depth={depth}
            missing={missing?.get(row.field.jsonName)}
          />
        );
      case "oneof":
        return (
          <OneofRow
            message={place}
            desc={desc}
            oneof={row.oneof}
            chosen={row.oneof.fields.find((field) => field === row.chosen?.field)}
            value={row.chosen?.value}
            entryKey={row.chosen?.key}
            depth={depth}
            missing={missing?.get(row.oneof.name)}
          />
        );
      case "raw":
        return (
          <RawRow message={place} position={row.position} reason={row.reason} entryKey={row.key} value={row.value} />
        );
      case undefined:
        return null;
    }
  };
  return (
    <div className={classes.fields} style={{ "--indent": `${useContext(Indent)}px` }}>
      {desc.fields.length > mostUnfiltered ? (
        <RowFilterBar place={place} filter={filter} shown={rows.length} total={known.length} setCount={setCount} />
      ) : null}
      <RuleLines
        id={`${place.id}-message-rules`}
        desc={desc}
        registry={subject.registry}
        className={classes.messageRules}
      />
      {known.length === 0 ? <p className={classes.empty}>{t("form.noFields")}</p> : null}
      <ChunkedRows
        count={rows.length}
        rowHeight={rowHeight}
        render={render}
        keyOf={(position) => keyOfRow(rows[position])}
        find={(revealed) => rowOf(revealed, place, rows)}
      />
      <AddExtension place={place} desc={desc} tree={tree} />
    </div>
  );
}

function keyOfRow(row: MessageRow | undefined): string {
  switch (row?.kind) {
    case "field":
      return `field ${row.field.number}`;
    case "oneof":
      return `oneof ${row.oneof.name}`;
    case "raw":
      return `raw ${row.position}`;
    case undefined:
      return "";
  }
}

/** The issues about absent fields, by the fields' JSON names. */
function useMissing(issues: readonly JsonIssue[]): ReadonlyMap<string, readonly JsonIssue[]> | undefined {
  return useMemo(() => {
    const absent = issues.filter(({ missing }) => missing !== undefined);
    return absent.length === 0 ? undefined : Map.groupBy(absent, ({ missing = "" }) => missing);
  }, [issues]);
}

function rowOf(revealed: FormPlace, message: FormPlace, rows: readonly MessageRow[]): number | undefined {
  for (let at: FormPlace | undefined = revealed; at !== undefined; at = at.parent) {
    if (at.parent === message && at.step.kind === "field") {
      const { field } = at.step;
      const position = rows.findIndex((row) =>
        row.kind === "field" ? row.field === field : row.kind === "oneof" && row.oneof === field.oneof,
      );
      return position === -1 ? undefined : position;
    }
  }
  return undefined;
}
