/** The longest piece of a stranger's text in a sentence of ours, in UTF-16 units. */
const maxQuotedLength = 200;

/** A name that a stranger gave, in quotes, on one line and cut to 200 units: it may be anything at all. */
export function quoteName(name: string): string {
  const cut = name.length > maxQuotedLength ? `${name.slice(0, maxQuotedLength)}…` : name;
  return JSON.stringify(cut);
}

/** ` and 3 others`; nothing for none. */
export function andOthers(count: number): string {
  return count === 0 ? "" : ` and ${count} ${count === 1 ? "other" : "others"}`;
}
