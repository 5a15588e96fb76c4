/** What a search text finds: the text itself, in any case; undefined for an empty text. */
export function searchPattern(text: string): RegExp | undefined {
  return text === "" ? undefined : new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu");
}

/** Whether `text` holds what is searched for. */
export function holds(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
