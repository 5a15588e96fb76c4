/** One of the values that a field offers. */
export interface Suggestion {
  /** Tells it from the others, and is what choosing it hands over. */
  readonly key: string;
  readonly label: string;
  /** A number or a type, beside the label. */
  readonly detail: string;
  /** What the schema says of it, below; a stranger's text. */
  readonly note?: string | undefined;
  readonly isDeprecated?: boolean;
}

/** The most that are laid out at once; typing finds the others. */
export const maxSuggestions = 100;

/** Where a key leads in a list of `count` suggestions, of which the one at `active` is marked; -1 marks none. */
export function moveSuggestion(key: string, active: number, count: number): number | undefined {
  const last = Math.min(count, maxSuggestions) - 1;
  switch (key) {
    case "ArrowDown":
      return active >= last ? 0 : active + 1;
    case "ArrowUp":
      return active <= 0 ? last : active - 1;
    case "PageDown":
      return Math.min(last, active + 8);
    case "PageUp":
      return Math.max(0, active - 8);
    default:
      return undefined;
  }
}
