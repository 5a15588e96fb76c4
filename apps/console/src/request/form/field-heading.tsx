import { useTranslation } from "react-i18next";
import { fieldType } from "../../schema/field-type.ts";
import { isRequired } from "./empty-value.ts";
import classes from "./form.module.css";
import { type FormField, fieldLabel } from "./form-place.ts";

/** Props of `FieldHeading`. */
export interface FieldHeadingProps {
  readonly field: FormField;
  /** The control that the label is for; undefined where it names a group. */
  readonly controlId?: string;
  /** The id of the type, for descriptions. */
  readonly typeId?: string;
}

/** A field's name, and quietly its type, its number and what else its schema says of it. */
export function FieldHeading({ field, controlId, typeId }: FieldHeadingProps) {
  const { t } = useTranslation();
  const name = fieldLabel(field);
  const hint = field.jsonName === field.name || field.kind === "extension" ? name : `${name} · JSON ${field.jsonName}`;
  return (
    <>
      {controlId === undefined ? (
        <span className={classes.name} title={hint} data-deprecated={field.deprecated || undefined}>
          <bdi>{name}</bdi>
        </span>
      ) : (
        <label
          className={classes.name}
          title={hint}
          htmlFor={controlId}
          data-deprecated={field.deprecated || undefined}
        >
          <bdi>{name}</bdi>
        </label>
      )}
      <span id={typeId} className={classes.type} title={`${fieldType(field)} · ${field.number}`}>
        <bdi>{shortType(field)}</bdi>
        <span className={classes.number}>{field.number}</span>
      </span>
      {isRequired(field) ? <span className={classes.mark}>{t("form.required")}</span> : null}
      {field.deprecated ? <span className={classes.mark}>{t("form.deprecated")}</span> : null}
    </>
  );
}

/** The type without the packages, which take much room and say little: `map<string, Person>`. */
function shortType(field: FormField): string {
  return fieldType(field).replace(/[\w.]*\.(?=[^.\s>]+>?$)/, "");
}
