import { type Ref, useImperativeHandle, useRef } from "react";
import classes from "./editor.module.css";
import type { EditorHandle } from "./editor-handle.ts";

/** Props of `PlainEditor`. */
export interface PlainEditorProps {
  readonly text: string;
  readonly onTextChange: (text: string) => void;
  readonly label: string;
  /** Told of caret and focus, so that the full editor can go on where this one was left. */
  readonly onSelect: (selection: PlainSelection) => void;
  readonly ref?: Ref<EditorHandle>;
}

/** Where the caret stood, and whether the editor had the focus. */
export interface PlainSelection {
  readonly from: number;
  readonly to: number;
  readonly hasFocus: boolean;
}

/** A plain field for JSON, which serves until the full editor is loaded, and where it can't be. */
export function PlainEditor({ text, onTextChange, label, onSelect, ref }: PlainEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    select(from, to) {
      area.current?.focus();
      area.current?.setSelectionRange(from, to);
    },
  }));
  const report = (hasFocus: boolean) =>
    onSelect({ from: area.current?.selectionStart ?? 0, to: area.current?.selectionEnd ?? 0, hasFocus });
  return (
    <textarea
      ref={area}
      className={classes.plain}
      value={text}
      onChange={(event) => onTextChange(event.currentTarget.value)}
      onSelect={() => report(true)}
      onFocus={() => report(true)}
      onBlur={() => report(false)}
      aria-label={label}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
    />
  );
}
