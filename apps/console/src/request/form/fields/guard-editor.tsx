import { type FocusEvent, useState } from "react";
import type { JsonTree } from "../../document/json-tree.ts";
import type { FieldEditor, FieldEditorProps } from "./field-editor.ts";
import { RawEditor } from "./raw-editor.tsx";

/**
 * Makes an editor that leaves the values that it does not take to the raw one. That one stays while it has the focus, also
 * when what is typed has become such a value: the field that one types in must not be taken away.
 */
export function guardEditor(Editor: FieldEditor, takes: (value: JsonTree) => boolean): FieldEditor {
  return function GuardedEditor(props: FieldEditorProps) {
    const { value } = props;
    const [isHeld, setIsHeld] = useState(false);
    const isOther = value !== undefined && !takes(value);
    if (!isOther && !isHeld) {
      return <Editor {...props} />;
    }
    const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) {
        setIsHeld(false);
      }
    };
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: it takes no action of its own, and only sees the focus pass.
      <div onFocus={() => setIsHeld(true)} onBlur={onBlur}>
        <RawEditor {...props} />
      </div>
    );
  };
}
