/** A piece of a text as it is shown. */
export interface ShownPiece {
  readonly text: string;
  /** Whether it is written as an escape, since by itself it would not be seen, or would turn the text around it. */
  readonly isEscape: boolean;
  readonly isFound: boolean;
}

/**
 * Characters that are not seen or change how others are laid out: controls, the soft hyphen, marks of direction, line
 * and paragraph separators, and halves of surrogate pairs. Joiners are left: scripts and emoji need them.
 */
const unseen =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** Cuts a text into what is shown as it is, what is shown as an escape, and what `pattern` finds. */
export function shownPieces(text: string, pattern?: RegExp): readonly ShownPiece[] {
  if (pattern === undefined) {
    return unseenPieces(text, false);
  }
  const pieces: ShownPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(...unseenPieces(text.slice(from, match.index), false), ...unseenPieces(match[0], true));
    from = match.index + match[0].length;
  }
  pieces.push(...unseenPieces(text.slice(from), false));
  return pieces;
}

/** A text with escapes in place of what by itself would not be seen, or would turn the text around it. */
export function shownText(text: string): string {
  return text.replaceAll(unseen, escapeOf);
}

function unseenPieces(text: string, isFound: boolean): ShownPiece[] {
  const pieces: ShownPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(unseen)) {
    pieces.push({ text: text.slice(from, match.index), isEscape: false, isFound });
    pieces.push({ text: escapeOf(match[0]), isEscape: true, isFound });
    from = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(from), isEscape: false, isFound });
  return pieces.filter((piece) => piece.text !== "");
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escapeOf(character: string): string {
  return shortEscapes.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
