import { useTranslation } from "react-i18next";
import type { JsonTree } from "../document/json-tree.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { defaultText, hasPresence, initialValue } from "./empty-value.ts";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import type { FieldValueType } from "./field-value-type.ts";
import classes from "./form.module.css";
import { removeValue, setValue } from "./form-edits.ts";
import { parkedAt, parkedWith } from "./form-parking.ts";
import { type FormField, type FormPlace, fieldLabel } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { ValueEditor } from "./value-editor.tsx";

/** Props of `SingularRow`. */
export interface SingularRowProps {
  readonly place: FormPlace;
  readonly field: FormField;
  readonly type: FieldValueType;
  readonly value: JsonTree | undefined;
  readonly issues: readonly JsonIssue[];
  readonly depth: number;
  /** Whether the field's oneof says that it is set. */
  readonly isChosen: boolean;
}

/** A field with one value in one editor. A field with presence has a mark that says whether it is set. */
export function SingularRow({ place, field, type, value, issues, depth, isChosen }: SingularRowProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const name = fieldLabel(field);
  const setPresence = (isSet: boolean) =>
    isSet
      ? session.edit([setValue(place, parkedAt(session, place) ?? initialValue(field, type))])
      : session.edit([removeValue(place)], parkedWith(session, place));
  return (
    <FieldFrame
      field={field}
      place={place}
      hasControl
      issues={issues}
      isSet={value !== undefined}
      lead={
        hasPresence(field) && !isChosen ? (
          <input
            type="checkbox"
            className={classes.presence}
            checked={value !== undefined}
            onChange={(event) => setPresence(event.currentTarget.checked)}
            aria-label={t("form.isSet", { name })}
            title={value === undefined ? t("form.unset") : t("form.set")}
          />
        ) : null
      }
    >
      <div className={classes.editor}>
        <ValueEditor
          place={place}
          type={type}
          field={field}
          value={value}
          label={name}
          placeholder={defaultText(field, type)}
          isInvalid={issues.length > 0}
          describedBy={describedBy(place, issues)}
          depth={depth}
          isRemovable
        />
      </div>
    </FieldFrame>
  );
}
