import { useTranslation } from "react-i18next";
import buttons from "../ui/text-button.module.css";
import classes from "./message-view.module.css";
import type { TableField } from "./table/table-model.ts";

/** More tables than that are chosen from a list: as buttons they would not fit. */
const mostButtons = 2;

/** Props of `ShownAs`. */
export interface ShownAsProps {
  /** The fields that can be shown as tables. */
  readonly fields: readonly TableField[];
  /** The name of the field that is shown as a table; empty for JSON. */
  readonly form: string;
  readonly onFormChange: (form: string) => void;
}

/** The choice between JSON and the tables of a message. */
export function ShownAs({ fields, form, onFormChange }: ShownAsProps) {
  const { t } = useTranslation();
  const nameOf = (name: string) => (fields.length === 1 ? t("message.table") : t("message.tableOf", { name }));
  if (fields.length === 0) {
    return null;
  }
  if (fields.length > mostButtons) {
    return (
      <select
        className={classes.shownAs}
        aria-label={t("message.shownAs")}
        value={form}
        onChange={(event) => onFormChange(event.currentTarget.value)}
      >
        <option value="">JSON</option>
        {fields.map(({ name }) => (
          <option key={name} value={name}>
            {nameOf(name)}
          </option>
        ))}
      </select>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here.
    <div role="group" aria-label={t("message.shownAs")} className={buttons.group}>
      <button type="button" className={buttons.button} aria-pressed={form === ""} onClick={() => onFormChange("")}>
        JSON
      </button>
      {fields.map(({ name }) => (
        <button
          key={name}
          type="button"
          className={buttons.button}
          aria-pressed={name === form}
          onClick={() => onFormChange(name)}
        >
          {nameOf(name)}
        </button>
      ))}
    </div>
  );
}
