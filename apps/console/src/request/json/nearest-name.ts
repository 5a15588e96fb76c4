const maxDistance = 3;
const maxNameLength = 64;

/**
 * The name that `typed` was most likely meant to be: one that differs in case or `_` alone, or else the first of those
 * with the fewest single-letter edits, at most 3 and less than half of the name. Undefined where none is near.
 */
export function nearestName(typed: string, names: Iterable<string>): string | undefined {
  if (typed.length > maxNameLength) {
    return undefined;
  }
  let nearest: string | undefined;
  let least = Math.min(maxDistance, Math.floor(typed.length / 2)) + 1;
  const plainTyped = plain(typed);
  for (const name of names) {
    const plainName = plain(name);
    if (plainName === plainTyped) {
      return name;
    }
    if (Math.abs(plainName.length - plainTyped.length) < least) {
      const distance = editDistance(plainTyped, plainName);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
  }
  return nearest;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
