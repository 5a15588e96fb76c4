/** Where two texts differ: `text` has `from`…`newTo` in the place of the other's `from`…`oldTo`. */
export interface TextChange {
  readonly from: number;
  readonly oldTo: number;
  readonly newTo: number;
}

const chunk = 4096;

/** The shortest change between two texts. */
export function findChange(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  const from = commonLength(most, (at, length) => before.slice(at, at + length) === after.slice(at, at + length));
  const endOf = (text: string, at: number, length: number) => text.slice(text.length - at - length, text.length - at);
  const tail = commonLength(most - from, (at, length) => endOf(before, at, length) === endOf(after, at, length));
  return { from, oldTo: before.length - tail, newTo: after.length - tail };
}

/** How far two texts agree, at most `most`. Compared piece by piece, which is faster than by the character. */
function commonLength(most: number, agree: (at: number, length: number) => boolean): number {
  let at = 0;
  for (let step = chunk; step > 0; step = Math.floor(step / 2)) {
    while (at + step <= most && agree(at, step)) {
      at += step;
    }
  }
  return at;
}
