/** The words of a field's name in lower case: `userId`, `user_id` and `UserID` are `user`, `id`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** Whether one of the words matches. */
export function hasWord(words: readonly string[], pattern: RegExp): boolean {
  return words.some((word) => pattern.test(word));
}
