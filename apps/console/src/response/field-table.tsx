import { useTranslation } from "react-i18next";
import type { HeaderFields } from "../call/call.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import classes from "./field-table.module.css";

/** Props of `FieldTable`. */
export interface FieldTableProps {
  /** Undefined while nothing has come. */
  readonly fields: HeaderFields | undefined;
  readonly label: string;
}

/** Headers or trailers as they came, in their order. */
export function FieldTable({ fields, label }: FieldTableProps) {
  const { t } = useTranslation();
  if (fields === undefined || fields.length === 0) {
    return <p className={classes.none}>{fields === undefined ? t("response.notYet") : t("response.noFields")}</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard.
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("response.fieldName")}</th>
            <th scope="col">{t("response.fieldValue")}</th>
            <th scope="col">
              <CopyButton
                text={() => fields.map(([name, value]) => `${name}: ${value}`).join("\n")}
                label={t("response.copyFields")}
              />
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map(([name, value], position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names can repeat, and fields never move.
            <tr key={position}>
              <td>{name}</td>
              <td colSpan={2}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
