/** A run of lines that both texts have, or in the place of which each has its own. Positions are of lines, the end excluded. */
export interface LineRun {
  readonly kind: "same" | "changed";
  readonly left: readonly [from: number, to: number];
  readonly right: readonly [from: number, to: number];
}

/** The most lines that are added and removed before the rest counts as changed altogether. */
const mostEdits = 800;

/** How the lines of one text become those of another, with as few changed lines as that takes (Myers, 1986). */
export function lineDifference(left: readonly string[], right: readonly string[]): readonly LineRun[] {
  let before = 0;
  while (before < left.length && before < right.length && left[before] === right[before]) {
    before++;
  }
  let after = 0;
  const shorter = Math.min(left.length, right.length) - before;
  while (after < shorter && left[left.length - 1 - after] === right[right.length - 1 - after]) {
    after++;
  }
  const runs: LineRun[] = [];
  const push = (kind: LineRun["kind"], l: LineRun["left"], r: LineRun["right"]) => {
    if (l[0] < l[1] || r[0] < r[1]) {
      runs.push({ kind, left: l, right: r });
    }
  };
  push("same", [0, before], [0, before]);
  const leftEnd = left.length - after;
  const rightEnd = right.length - after;
  let l = before;
  let r = before;
  for (const { at, to, length } of matches(left.slice(before, leftEnd), right.slice(before, rightEnd))) {
    push("changed", [l, before + at], [r, before + to]);
    l = before + at + length;
    r = before + to + length;
    push("same", [l - length, l], [r - length, r]);
  }
  push("changed", [l, leftEnd], [r, rightEnd]);
  push("same", [leftEnd, left.length], [rightEnd, right.length]);
  return runs;
}

/** Lines that stand in both texts: `length` of them from `at` on in one and from `to` on in the other. */
interface Match {
  readonly at: number;
  readonly to: number;
  readonly length: number;
}

function matches(left: readonly string[], right: readonly string[]): readonly Match[] {
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(mostEdits, left.length + right.length); edits++) {
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = furthest(reach, diagonal, edits);
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) {
        x++;
      }
      next.set(diagonal, x);
      if (x >= left.length && x - diagonal >= right.length) {
        trace.push(reach);
        return walkBack(trace, left.length, right.length);
      }
    }
    trace.push(reach);
    reach = next;
  }
  return [];
}

function furthest(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  const above = reach.get(diagonal + 1) ?? -1;
  const before = reach.get(diagonal - 1) ?? -1;
  return diagonal === -edits || (diagonal !== edits && before < above) ? above : before + 1;
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  leftLength: number,
  rightLength: number,
): readonly Match[] {
  const found: Match[] = [];
  let x = leftLength;
  let y = rightLength;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const above = reach.get(diagonal + 1) ?? -1;
    const before = reach.get(diagonal - 1) ?? -1;
    const isDown = diagonal === -edits || (diagonal !== edits && before < above);
    const startX = isDown ? above : before;
    const startY = startX - (isDown ? diagonal + 1 : diagonal - 1);
    const snakeX = edits === 0 ? 0 : isDown ? startX : startX + 1;
    if (x > snakeX) {
      found.push({ at: snakeX, to: snakeX - diagonal, length: x - snakeX });
    }
    x = startX;
    y = startY;
  }
  return found.reverse();
}
