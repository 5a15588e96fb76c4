import type { FileEditor } from "../files/file-editor.ts";
import type { NoteBook } from "../note-book.ts";
import { andOthers, quoteName } from "../quote-name.ts";

/** What the mending of one file works with. */
export interface NormaliseContext {
  readonly editor: FileEditor;
  readonly notes: NoteBook;
}

const identifierPattern = /^[A-Za-z0-9_]+$/;

/** Whether a name is one that can be declared, as protoc's own check of descriptors has it. */
export function isIdentifier(name: string): boolean {
  return identifierPattern.test(name);
}

/** Removes from a list what has no name that can be, or one that `names` already has; `names` learns the others. */
export function retainNamed<T extends { readonly name: string }>(
  list: T[],
  names: Set<string>,
  { editor, notes }: NormaliseContext,
): void {
  editor.retain(list, ({ name }) => {
    const isKept = isIdentifier(name) && !names.has(name);
    names.add(name);
    if (!isKept) {
      notes.count(
        "names",
        quoteName(name),
        (first, others) =>
          `${first}${andOthers(others)}: no name that can be, or declared twice in one place; left out`,
      );
    }
    return isKept;
  });
}
