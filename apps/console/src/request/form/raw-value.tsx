import { useTranslation } from "react-i18next";
import buttons from "../../ui/text-button.module.css";
import type { JsonTree } from "../document/json-tree.ts";
import classes from "./form.module.css";
import type { FormPlace } from "./form-place.ts";
import { useShowInJson, useSourceText } from "./use-form.ts";
import { previewOf } from "./value-shape.ts";

/** Props of `RawValue`. */
export interface RawValueProps {
  readonly place: FormPlace;
  readonly value: JsonTree;
  /** The value's name, for the control's. */
  readonly label: string;
  readonly describedBy: string | undefined;
}

/** A value whose shape no editor of its type can show: its text, and the way to it in JSON. */
export function RawValue({ place, value, label, describedBy }: RawValueProps) {
  const { t } = useTranslation();
  const text = useSourceText(place, value);
  const show = useShowInJson(place);
  return (
    <div className={classes.raw}>
      <code className={classes.rawText}>
        <bdi>{previewOf(text)}</bdi>
      </code>
      <button
        type="button"
        id={place.id}
        className={buttons.button}
        aria-label={t("form.editInJson", { name: label })}
        aria-describedby={describedBy}
        onClick={show}
      >
        {t("form.inJson")}
      </button>
    </div>
  );
}
