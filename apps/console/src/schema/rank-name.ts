/** A name as it is compared with what somebody types. */
export interface PreparedName {
  readonly lower: string;
  readonly initials: string;
}

/** Prepares a name once: it is compared anew with each key that is typed. */
export function prepareName(name: string): PreparedName {
  return { lower: name.toLowerCase(), initials: initials(name) };
}

/** The words of a query, in lower case: it is parted at white space, dots and slashes. */
export function queryWords(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/[\s./]+/)
    .filter((word) => word !== "");
}

/**
 * How well a word names something: 0 for the whole name, 1 for its beginning, 2 for its initials (`sh` for `SayHello`), 3
 * for a part of it; undefined where it doesn't name it.
 */
export function rankName(name: PreparedName, word: string): 0 | 1 | 2 | 3 | undefined {
  if (name.lower === word) {
    return 0;
  }
  if (name.lower.startsWith(word)) {
    return 1;
  }
  if (name.initials.startsWith(word)) {
    return 2;
  }
  return name.lower.includes(word) ? 3 : undefined;
}

function initials(name: string): string {
  return (name.match(/[A-Z]|[0-9]+|(?<![A-Za-z])[a-z]/g) ?? []).join("").toLowerCase();
}
