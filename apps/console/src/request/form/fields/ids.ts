/** The ids that are there, as `aria-describedby` takes them; undefined for none. */
export function ids(...each: readonly (string | undefined | false)[]): string | undefined {
  return each.filter(Boolean).join(" ") || undefined;
}
