import type { DescMessage } from "@bufbuild/protobuf";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import buttons from "../../ui/text-button.module.css";
import type { JsonObjectTree } from "../document/json-tree.ts";
import { emptyValue, initialValue } from "./empty-value.ts";
import { extensionsOf } from "./extensions-of.ts";
import { fieldValueType } from "./field-value-type.ts";
import classes from "./form.module.css";
import { setValue } from "./form-edits.ts";
import { parkedAt } from "./form-parking.ts";
import type { FormField, FormPlace } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { messageRows } from "./message-rows.ts";

/** Props of `AddExtension`. */
export interface AddExtensionProps {
  readonly place: FormPlace;
  readonly desc: DescMessage;
  readonly tree: JsonObjectTree | undefined;
}

/** A choice of the extensions that a message doesn't have yet; nothing for a message that takes none. */
export function AddExtension({ place, desc, tree }: AddExtensionProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const [wanted, setWanted] = useState("");
  const { registry } = session.subject;
  const { positions } = messageRows(desc, tree, registry);
  const left = extensionsOf(desc, registry).filter((extension) => !positions.has(extension));
  if (left.length === 0) {
    return null;
  }
  const chosen = left.find(({ typeName }) => typeName === wanted);
  const add = () => {
    if (chosen === undefined) {
      return;
    }
    const at = place.child({ kind: "field", desc, field: chosen });
    session.edit([setValue(at, parkedAt(session, at) ?? firstText(chosen))]);
    session.reveal(at);
  };
  return (
    <div className={classes.extension}>
      <select
        className={classes.key}
        value={chosen?.typeName ?? ""}
        aria-label={t("form.extension")}
        onChange={(event) => setWanted(event.currentTarget.value)}
      >
        <option value="">{t("form.extension")}</option>
        {left.map(({ typeName }) => (
          <option key={typeName} value={typeName}>
            {typeName}
          </option>
        ))}
      </select>
      <button type="button" className={buttons.button} disabled={chosen === undefined} onClick={add}>
        {t("form.addWord")}
      </button>
    </div>
  );
}

function firstText(field: FormField): string {
  const type = fieldValueType(field);
  switch (field.fieldKind) {
    case "list":
      return `[${emptyValue(type)}]`;
    case "map":
      return "{}";
    case "scalar":
    case "enum":
    case "message":
      return initialValue(field, type);
  }
}
