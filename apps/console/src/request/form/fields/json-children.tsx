import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countText } from "../../../ui/format-figures.ts";
import { IconButton } from "../../../ui/icon-button.tsx";
import buttons from "../../../ui/text-button.module.css";
import { applyEdits } from "../../document/apply-edits.ts";
import {
  insertItem,
  insertMember,
  removeItem,
  removeMember,
  renameMember,
  replaceValue,
} from "../../document/edit-document.ts";
import type { TextEdit } from "../../document/json-document.ts";
import type { JsonTree, TreeChild } from "../../document/json-tree.ts";
import classes from "./field-editor.module.css";
import type { FieldEditor, FieldEditorProps } from "./field-editor.ts";
import { documentOf } from "./value-document.ts";

/** The most members or items that are laid out at once. */
const pageOfChildren = 50;

/** Props of `JsonChildren`. */
export interface JsonChildrenProps extends FieldEditorProps {
  /** The editor of each member's or item's value. */
  readonly ValueEditor: FieldEditor;
  /** Stands beside the button that adds. */
  readonly tools: ReactNode;
  /** Whether the button that adds is the main control of the value. */
  readonly focusesAdd: boolean;
}

/** What an object or a list holds, as rows; the buttons below add to it. */
export function JsonChildren({ ValueEditor, tools, focusesAdd, ...props }: JsonChildrenProps) {
  const { label, value, text, type, onChange } = props;
  const { t } = useTranslation();
  const rows = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState(pageOfChildren);
  const isList = value === undefined ? type.name === "google.protobuf.ListValue" : value.kind === "array";
  const children = childrenOf(value);

  const edit = (edits: (document: ReturnType<typeof documentOf>) => readonly TextEdit[]) => {
    if (value !== undefined) {
      onChange(applyEdits(text, edits(documentOf(text, value))));
    }
  };
  const focusRow = (position: number) => {
    requestAnimationFrame(() => {
      const row = rows.current?.children[Math.max(position, 0)];
      row?.querySelector<HTMLElement>("input, textarea, select")?.focus();
    });
  };
  const add = () => {
    if (value === undefined) {
      onChange(isList ? "[null]" : '{"": null}');
    } else {
      edit((document) =>
        isList ? insertItem(document, [0], children.length, "null") : insertMember(document, [0], "", "null"),
      );
    }
    setShown(Math.max(shown, children.length + 1));
    focusRow(children.length);
  };
  const remove = (position: number) => {
    edit((document) => (isList ? removeItem(document, [0], position) : removeMember(document, [0], position)));
    focusRow(Math.min(position, children.length - 2));
  };
  return (
    <>
      {children.length === 0 ? null : (
        <ul ref={rows} className={classes.members} aria-label={label}>
          {children.slice(0, shown).map(({ key, value: child }, position) => {
            const name = key?.value ?? `[${position}]`;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand there twice; a row is its place.
              <li key={position} className={key === undefined ? classes.item : classes.member}>
                {key === undefined ? null : (
                  <input
                    type="text"
                    dir="auto"
                    className={classes.control}
                    value={key.value}
                    aria-label={t("fieldEditor.json.nameOf", { label, position: position + 1 })}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={({ currentTarget }) =>
                      edit((document) => renameMember(document, [0], position, currentTarget.value))
                    }
                  />
                )}
                <ValueEditor
                  {...props}
                  id={`${props.id}-${position}`}
                  label={`${label} ${name}`}
                  value={child.tree}
                  text={text.slice(child.at, child.at + child.tree.length)}
                  placeholder=""
                  isInvalid={false}
                  describedBy={undefined}
                  onChange={(json) => edit((document) => replaceValue(document, [0, position], json))}
                  onRemove={() => remove(position)}
                />
                <IconButton
                  icon="close"
                  label={t("fieldEditor.json.remove", { name: `${label} ${name}` })}
                  onClick={() => remove(position)}
                />
              </li>
            );
          })}
        </ul>
      )}
      <div className={classes.tools}>
        {children.length > shown ? (
          <button type="button" className={buttons.button} onClick={() => setShown(shown + pageOfChildren)}>
            {t("fieldEditor.json.showMore", { count: countText(children.length - shown) })}
          </button>
        ) : null}
        <IconButton
          id={focusesAdd ? props.id : undefined}
          icon="plus"
          label={isList ? t("fieldEditor.json.addItemTo", { label }) : t("fieldEditor.json.addMemberTo", { label })}
          text={isList ? t("fieldEditor.json.addItem") : t("fieldEditor.json.addMember")}
          aria-describedby={focusesAdd ? props.describedBy : undefined}
          onClick={add}
        />
        {tools}
      </div>
    </>
  );
}

interface Child {
  readonly key: { readonly value: string } | undefined;
  readonly value: TreeChild;
}

function childrenOf(value: JsonTree | undefined): readonly Child[] {
  switch (value?.kind) {
    case "object":
      return value.members.map(({ key, value: child }) => ({ key: key.tree, value: child }));
    case "array":
      return value.items.map((item) => ({ key: undefined, value: item }));
    default:
      return [];
  }
}
