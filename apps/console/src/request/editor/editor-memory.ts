import type { EditorState } from "@codemirror/state";

/** What an editor leaves behind when its tab is hidden: text, caret and the history of undo. */
export interface EditorMemory {
  state: EditorState | undefined;
}
