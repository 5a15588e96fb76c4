import type { EditorState } from "@codemirror/state";
import type { FormMemory } from "../form/form-memory.ts";

/** What the editors of a message leave behind when their tab is hidden. */
export interface EditorMemory {
  /** Text, caret and the history of undo. */
  state: EditorState | undefined;
  /** What is open in the form, and its history of undo. */
  form: FormMemory | undefined;
}
