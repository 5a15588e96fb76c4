import { useTranslation } from "react-i18next";
import { insertMember } from "../document/edit-document.ts";
import type { JsonTree, TreeMember } from "../document/json-tree.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { AddButton } from "./add-button.tsx";
import { ChunkedRows } from "./chunked-rows.tsx";
import { emptyValue } from "./empty-value.ts";
import { EntryRow } from "./entry-row.tsx";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import type { FieldValueType } from "./field-value-type.ts";
import { findPlace } from "./find-place.ts";
import { FoldButton } from "./fold-button.tsx";
import classes from "./form.module.css";
import { type FormEdit, setValue } from "./form-edits.ts";
import { setOpen } from "./form-memory.ts";
import { type FormField, type FormPlace, fieldLabel } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { mostOpenItems, positionWithin } from "./list-row.tsx";
import { freeMapKey } from "./map-key.ts";
import { RawValue } from "./raw-value.tsx";
import { useIssueCount, useOpen } from "./use-form.ts";

/** Props of `MapRow`. */
export interface MapRowProps {
  readonly place: FormPlace;
  readonly field: FormField & { readonly fieldKind: "map" };
  readonly type: FieldValueType;
  readonly value: JsonTree | undefined;
  readonly issues: readonly JsonIssue[];
  readonly depth: number;
}

/** The height of an entry's row in pixels, before it is known. */
const entryHeight = 32;

const none: readonly TreeMember[] = [];

/** A map: its entries below, each with its key. Two entries may have the same key until one is mended. */
export function MapRow({ place, field, type, value, issues, depth }: MapRowProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const members = value?.kind === "object" ? value.members : none;
  const [isOpen, setMapOpen] = useOpen(place, members.length <= mostOpenItems);
  const hidden = useIssueCount(value);
  const name = fieldLabel(field);
  const described = describedBy(place, issues);
  const isRaw = value !== undefined && value.kind !== "object";
  const add = () => {
    const keys = new Set(members.map(({ key }) => key.tree.value));
    setOpen(session.memory.view, place, true);
    session.edit([addEntry(place, freeMapKey(field.mapKey, keys), emptyValue(type))]);
    const entry = place.child({ kind: "entry", position: members.length });
    session.reveal(entry, `${entry.id}-key`);
  };
  return (
    <FieldFrame
      field={field}
      place={place}
      issues={issues}
      isSet={members.length > 0}
      lead={
        members.length > 0 ? (
          <FoldButton isOpen={isOpen} onToggle={() => setMapOpen(!isOpen)} name={name} describedBy={described} />
        ) : null
      }
      below={
        isOpen && members.length > 0 ? (
          // biome-ignore lint/a11y/useSemanticElements: a list element would have to hold its rows directly.
          <div className={classes.items} role="group" aria-label={name}>
            <ChunkedRows
              count={members.length}
              rowHeight={entryHeight}
              find={(revealed) => positionWithin(revealed, place)}
              render={(position) => {
                const member = members[position];
                return member === undefined ? null : (
                  <EntryRow
                    map={place}
                    position={position}
                    field={field}
                    type={type}
                    entryKey={member.key.tree}
                    value={member.value.tree}
                    depth={depth}
                    isLast={position === members.length - 1}
                  />
                );
              }}
            />
          </div>
        ) : undefined
      }
    >
      {isRaw ? (
        <RawValue place={place} value={value} label={name} describedBy={described} />
      ) : (
        <>
          <AddButton id={place.id} name={name} describedBy={described} onAdd={add} />
          <span className={classes.quiet}>
            {members.length === 0 ? "" : t("form.entries", { count: members.length })}
          </span>
          {!isOpen && hidden > 0 ? (
            <span className={classes.badCount}>{t("form.problems", { count: hidden })}</span>
          ) : null}
        </>
      )}
    </FieldFrame>
  );
}

function addEntry(place: FormPlace, key: string, json: string): FormEdit {
  return (document, subject) => {
    const found = findPlace(document, place, subject);
    return found?.tree.kind === "object"
      ? insertMember(document, found.path, key, json)
      : setValue(place, `{${JSON.stringify(key)}: ${json}}`)(document, subject);
  };
}
