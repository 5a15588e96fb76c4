import { type PreparedName, prepareName, queryWords, rankName } from "../../schema/rank-name.ts";
import type { PaletteEntry } from "./palette-entry.ts";

/** A hit in the detail counts for less than any in the title. */
const detailPenalty = 4;

/** How much the most used entry is moved up: more than the difference between a name's beginning and its middle. */
const mostBoost = 2.5;

/** How often an entry was used of late; 0 for never. */
export type UsageOf = (id: string) => number;

/**
 * The entries that match a query, the best first: every word must be found in the title or the detail, and what was used
 * more is moved up. For a blank query all of them, the most used first and then in their own order.
 */
export function rankEntries(
  entries: readonly PaletteEntry[],
  query: string,
  usageOf: UsageOf,
): readonly PaletteEntry[] {
  const words = queryWords(query);
  const hits: { readonly entry: PaletteEntry; readonly rank: number }[] = [];
  for (const entry of entries) {
    const rank = rankEntry(entry, words);
    if (rank !== undefined) {
      hits.push({ entry, rank: rank - boost(usageOf(entry.id)) });
    }
  }
  // Sorting is stable, so that equal ranks keep the entries' order.
  return hits.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}

function boost(use: number): number {
  return Math.min(mostBoost, Math.log2(1 + use));
}

function rankEntry(entry: PaletteEntry, words: readonly string[]): number | undefined {
  const { title, detail } = prepared(entry);
  let sum = 0;
  for (const word of words) {
    const inDetail = rankName(detail, word);
    const rank = rankName(title, word) ?? (inDetail === undefined ? undefined : inDetail + detailPenalty);
    if (rank === undefined) {
      return undefined;
    }
    sum += rank;
  }
  return sum;
}

interface PreparedEntry {
  readonly title: PreparedName;
  readonly detail: PreparedName;
}

const preparedEntries = new WeakMap<PaletteEntry, PreparedEntry>();

function prepared(entry: PaletteEntry): PreparedEntry {
  const known = preparedEntries.get(entry);
  if (known !== undefined) {
    return known;
  }
  const fresh = { title: prepareName(entry.title), detail: prepareName(entry.detail) };
  preparedEntries.set(entry, fresh);
  return fresh;
}
