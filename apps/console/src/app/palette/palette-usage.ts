import type { TextStorage } from "../storage.ts";
import type { UsageOf } from "./rank-entries.ts";

/** Counts what is chosen in the palette, across reloads; use of long ago counts for less. */
export interface PaletteUsage {
  readonly usageOf: UsageOf;
  count(id: string): void;
}

/** What counting works with. */
export interface PaletteUsageOptions {
  readonly storage: TextStorage;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Where the counts are stored. */
export const paletteUsageKey = "switchboard.palette";

/** The most entries that are counted; the least used ones are forgotten first. */
export const maxCounted = 200;

/** After so long, a use counts half. */
const halfLifeMs = 14 * 86_400_000;

/** How much an entry was used, as it stood at a moment. */
interface Use {
  readonly count: number;
  readonly at: number;
}

/** Creates the counts of one page. */
export function createPaletteUsage({ storage, now }: PaletteUsageOptions): PaletteUsage {
  const uses = parseUses(storage.read(paletteUsageKey));
  const countNow = ({ count, at }: Use) => count * 0.5 ** (Math.max(0, now() - at) / halfLifeMs);
  const usageOf = (id: string) => {
    const use = uses.get(id);
    return use === undefined ? 0 : countNow(use);
  };
  return {
    usageOf,
    count(id) {
      uses.set(id, { count: usageOf(id) + 1, at: now() });
      if (uses.size > maxCounted) {
        const least = [...uses].reduce((a, b) => (countNow(b[1]) < countNow(a[1]) ? b : a));
        uses.delete(least[0]);
      }
      storage.write(paletteUsageKey, JSON.stringify([...uses].map(([entry, { count, at }]) => [entry, count, at])));
    },
  };
}

/** Whatever is not as it is written above is left out: another version of the page, or a hand, may have written it. */
function parseUses(text: string | undefined): Map<string, Use> {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    return new Map((Array.isArray(stored) ? stored : []).slice(0, maxCounted).flatMap(parseUse));
  } catch {
    return new Map();
  }
}

function parseUse(entry: unknown): [string, Use][] {
  const [id, count, at] = Array.isArray(entry) ? entry : [];
  const isUse = typeof id === "string" && isPositive(count) && isPositive(at);
  return isUse ? [[id, { count, at }]] : [];
}

function isPositive(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
