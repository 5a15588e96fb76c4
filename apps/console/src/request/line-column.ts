/** A place in a text as people count it, both from 1; columns count UTF-16 units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** The line and column of `offset` in `text`; past the end is the end. */
export function lineColumnAt(text: string, offset: number): LineColumn {
  const [found = { line: 1, column: 1 }] = lineColumnsAt(text, [offset]);
  return found;
}

/** The same for several offsets, each at or behind the one before. The text is read once. */
export function lineColumnsAt(text: string, offsets: readonly number[]): readonly LineColumn[] {
  let line = 1;
  let lineFrom = 0;
  let next = text.indexOf("\n");
  return offsets.map((offset) => {
    const place = Math.min(offset, text.length);
    while (next !== -1 && next < place) {
      line++;
      lineFrom = next + 1;
      next = text.indexOf("\n", lineFrom);
    }
    return { line, column: place - lineFrom + 1 };
  });
}
