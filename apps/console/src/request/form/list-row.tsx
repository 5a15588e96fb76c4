import { useTranslation } from "react-i18next";
import type { JsonTree } from "../document/json-tree.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { AddButton } from "./add-button.tsx";
import { ChunkedRows } from "./chunked-rows.tsx";
import { emptyValue } from "./empty-value.ts";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import type { FieldValueType } from "./field-value-type.ts";
import { FoldButton } from "./fold-button.tsx";
import classes from "./form.module.css";
import { insertItems } from "./form-edits.ts";
import { setOpen } from "./form-memory.ts";
import { type FormField, type FormPlace, fieldLabel } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { ItemRow } from "./item-row.tsx";
import { RawValue } from "./raw-value.tsx";
import { useIssueCount, useOpen } from "./use-form.ts";

/** Props of `ListRow`. */
export interface ListRowProps {
  readonly place: FormPlace;
  readonly field: FormField;
  readonly type: FieldValueType;
  readonly value: JsonTree | undefined;
  readonly issues: readonly JsonIssue[];
  readonly depth: number;
}

/** Longer lists and maps begin folded. */
export const mostOpenItems = 100;

/** The height of an item's row in pixels, before it is known. */
const itemHeight = 32;

/** A repeated field: its items below, each with what moves it and takes it away. */
export function ListRow({ place, field, type, value, issues, depth }: ListRowProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const items = value?.kind === "array" ? value.items : [];
  const [isOpen, setListOpen] = useOpen(place, items.length <= mostOpenItems);
  const hidden = useIssueCount(value);
  const name = fieldLabel(field);
  const described = describedBy(place, issues);
  const isRaw = value !== undefined && value.kind !== "array";
  const add = () => {
    setOpen(session.memory.view, place, true);
    session.edit([insertItems(place, items.length, [emptyValue(type)])]);
    session.reveal(place.child({ kind: "item", position: items.length }));
  };
  return (
    <FieldFrame
      field={field}
      place={place}
      issues={issues}
      isSet={items.length > 0}
      lead={
        items.length > 0 ? (
          <FoldButton isOpen={isOpen} onToggle={() => setListOpen(!isOpen)} name={name} describedBy={described} />
        ) : null
      }
      below={
        isOpen && items.length > 0 ? (
          // biome-ignore lint/a11y/useSemanticElements: a list element would have to hold its rows directly.
          <div className={classes.items} role="group" aria-label={name}>
            <ChunkedRows
              count={items.length}
              rowHeight={itemHeight}
              find={(revealed) => positionWithin(revealed, place)}
              render={(position) => {
                const item = items[position];
                return item === undefined ? null : (
                  <ItemRow
                    list={place}
                    position={position}
                    field={field}
                    type={type}
                    value={item.tree}
                    depth={depth}
                    isLast={position === items.length - 1}
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
          <span className={classes.quiet}>{items.length === 0 ? "" : t("form.items", { count: items.length })}</span>
          {!isOpen && hidden > 0 ? (
            <span className={classes.badCount}>{t("form.problems", { count: hidden })}</span>
          ) : null}
        </>
      )}
    </FieldFrame>
  );
}

/** The position of the item or the entry of `list` within which a place is; undefined where it is elsewhere. */
export function positionWithin(place: FormPlace, list: FormPlace): number | undefined {
  for (let at: FormPlace | undefined = place; at !== undefined; at = at.parent) {
    if (at.parent === list && (at.step.kind === "item" || at.step.kind === "entry")) {
      return at.step.position;
    }
  }
  return undefined;
}
