import { type ShownPiece, shownPieces } from "../ui/shown-text.ts";
import classes from "./found-text.module.css";

/** Props of `FoundText`. */
export interface FoundTextProps {
  readonly text: string;
  /** What is marked in it. */
  readonly pattern?: RegExp | undefined;
}

/** A stranger's text: kept apart from what stands around it, unseen characters shown as escapes, and finds marked. */
export function FoundText({ text, pattern }: FoundTextProps) {
  const pieces = shownPieces(text, pattern);
  return (
    <bdi dir="ltr">
      {pieces.length === 1 && pieces[0]?.isEscape === false && !pieces[0].isFound
        ? text
        : pieces.map((piece, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place.
            <Piece key={position} {...piece} />
          ))}
    </bdi>
  );
}

function Piece({ text, isEscape, isFound }: ShownPiece) {
  const shown = isEscape ? <span className={classes.escape}>{text}</span> : text;
  return isFound ? <mark>{shown}</mark> : shown;
}
