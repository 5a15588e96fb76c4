/** What the request pane does with whichever editor is shown. */
export interface EditorHandle {
  focus(): void;
  /** Selects a part of the text, brings it into sight and focuses the editor. */
  select(from: number, to: number): void;
}
