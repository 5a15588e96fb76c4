import type { Registry } from "@bufbuild/protobuf";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HeaderFields } from "../../call/call.ts";
import { FoundText } from "../../message/found-text.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { BinaryValue } from "./binary-value.tsx";
import classes from "./field-table.module.css";
import { shownFields } from "./shown-fields.ts";

/** Props of `FieldTable`. */
export interface FieldTableProps {
  /** Undefined while nothing has come. */
  readonly fields: HeaderFields | undefined;
  readonly label: string;
  /** Whether the browser has sorted the fields, and made one of those of the same name. */
  readonly isFolded: boolean;
  readonly registry: Registry;
}

/** More fields than this have a field to look for them. */
const filteredFrom = 12;

/** Headers or trailers as they came, in their order. */
export function FieldTable({ fields, label, isFolded, registry }: FieldTableProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState("");
  if (fields === undefined || fields.length === 0) {
    return <p className={classes.none}>{fields === undefined ? t("response.notYet") : t("response.noFields")}</p>;
  }
  const shown = shownFields(fields, filter);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard.
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      {isFolded ? <p className={classes.note}>{t("response.folded")}</p> : null}
      {fields.length > filteredFrom ? (
        <div className={classes.filterBar}>
          <input
            type="search"
            className={classes.filter}
            value={filter}
            placeholder={t("response.filterFields")}
            aria-label={t("response.filterFields")}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
          <span role="status">{t("response.fieldCount", { count: shown.length, total: fields.length })}</span>
        </div>
      ) : null}
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
          {shown.map(({ position, name, value, ordinal, sameName, bytes }) => (
            <tr key={position}>
              <td>
                <FoundText text={name} />
                {sameName > 1 ? (
                  <span className={classes.ordinal} title={t("response.repeated", { ordinal, count: sameName })}>
                    {" "}
                    {ordinal}/{sameName}
                  </span>
                ) : null}
              </td>
              <td colSpan={2}>
                <FoundText text={value} />
                {bytes?.map((value, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: values have no identity but their place.
                  <BinaryValue key={at} name={name} bytes={value} registry={registry} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
