import { ScalarType } from "@bufbuild/protobuf";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import buttons from "../../../ui/text-button.module.css";
import { scalarValueType } from "../field-value-type.ts";
import { BoolEditor } from "./bool-editor.tsx";
import classes from "./field-editor.module.css";
import type { FieldEditorProps } from "./field-editor.ts";
import { FloatEditor } from "./float-editor.tsx";
import { JsonChildren } from "./json-children.tsx";
import { convertJson, type JsonKind, jsonKind, jsonKinds } from "./json-kind.ts";
import { RawEditor } from "./raw-editor.tsx";
import { StringEditor } from "./string-editor.tsx";

/** Larger values, in UTF-16 units, are edited as text alone. */
const largestTree = 20_000;

/**
 * A `google.protobuf.Value`: its kind, and an editor of that kind, with all that an object or a list holds. Its JSON text can
 * be edited in place of that.
 */
export function JsonValueEditor(props: FieldEditorProps) {
  const { id, label, value, text, onChange } = props;
  const { t } = useTranslation();
  const kind = value && jsonKind(value);
  // A half-typed number is a string already: its field stays as long as someone types in it.
  const [isNumberHeld, setIsNumberHeld] = useState(false);
  const [isText, setIsText] = useState(false);
  const shownKind = isNumberHeld && kind === "string" ? "number" : kind;
  const isDeep = kind === "object" || kind === "list";
  return (
    <div className={classes.stack}>
      <div className={classes.editor}>
        <select
          id={isDeep || kind === "null" || kind === undefined ? id : `${id}-kind`}
          className={classes.control}
          value={shownKind ?? ""}
          aria-label={t("fieldEditor.json.kindOf", { label })}
          onChange={({ currentTarget }) => {
            const next = jsonKinds.find((one) => one === currentTarget.value);
            if (next !== undefined) {
              onChange(convertJson(value, text, next));
            }
          }}
        >
          {shownKind === undefined ? <option value="">{t("fieldEditor.json.none")}</option> : null}
          {jsonKinds.map((one) => (
            <option key={one} value={one}>
              {t(`fieldEditor.json.kind.${one}`)}
            </option>
          ))}
        </select>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it takes no action of its own, and only sees the focus pass. */}
        <div
          className={classes.long}
          onFocus={() => setIsNumberHeld(shownKind === "number")}
          onBlur={() => setIsNumberHeld(false)}
        >
          <ScalarPart {...props} kind={shownKind} />
          {shownKind !== kind ? (
            <p className={`${classes.note} ${classes.below}`} data-warning>
              {t("fieldEditor.json.halfNumber")}
            </p>
          ) : null}
        </div>
      </div>
      {isDeep ? (
        <div className={classes.deep}>
          <DeepPart {...props} isText={isText} onTextToggle={setIsText} isMain={false} />
        </div>
      ) : null}
    </div>
  );
}

/** A `google.protobuf.Struct` or `google.protobuf.ListValue`. */
export function JsonContainerEditor(props: FieldEditorProps) {
  const [isText, setIsText] = useState(false);
  return (
    <div className={classes.stack}>
      <DeepPart {...props} isText={isText} onTextToggle={setIsText} isMain />
    </div>
  );
}

function ScalarPart({ kind, ...props }: FieldEditorProps & { readonly kind: JsonKind | undefined }) {
  switch (kind) {
    case "bool":
      return <BoolEditor {...props} />;
    case "number":
      return <FloatEditor {...props} type={scalarValueType(ScalarType.DOUBLE)} onRemove={() => props.onChange('""')} />;
    case "string":
      return <StringEditor {...props} />;
    default:
      return null;
  }
}

interface DeepPartProps extends FieldEditorProps {
  readonly isText: boolean;
  readonly onTextToggle: (isText: boolean) => void;
  /** Whether the value has no other main control. */
  readonly isMain: boolean;
}

function DeepPart({ isText, onTextToggle, isMain, ...props }: DeepPartProps) {
  const { t } = useTranslation();
  const toggle = <TextToggle isText={isText} label={props.label} onChange={onTextToggle} />;
  if (props.text.length > largestTree) {
    return <RawEditor {...props} id={isMain ? props.id : `${props.id}-json`} note={t("fieldEditor.json.textHint")} />;
  }
  return isText ? (
    <>
      <RawEditor {...props} id={isMain ? props.id : `${props.id}-json`} note={t("fieldEditor.json.textHint")} />
      <div className={classes.tools}>{toggle}</div>
    </>
  ) : (
    <JsonChildren {...props} ValueEditor={JsonValueEditor} tools={toggle} focusesAdd={isMain} />
  );
}

interface TextToggleProps {
  readonly isText: boolean;
  readonly label: string;
  readonly onChange: (isText: boolean) => void;
}

function TextToggle({ isText, label, onChange }: TextToggleProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={buttons.button}
      aria-pressed={isText}
      aria-label={t("fieldEditor.json.asText", { label })}
      onClick={() => onChange(!isText)}
    >
      JSON
    </button>
  );
}
