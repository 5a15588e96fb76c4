import { quoteText } from "./escaped-text.ts";

/**
 * What a field shows for a value's JSON text, whatever its kind: the text as it is; a string that holds no JSON itself is
 * what someone has half typed, and is shown without quotes and escapes. `writeRaw` makes the same value of it.
 */
export function shownRaw(text: string): string {
  const value = text.startsWith('"') ? readJson(text)?.value : undefined;
  return typeof value === "string" && value !== "" && !isJson(value) ? value : text;
}

/** What was typed as JSON text: as it is where it is one value, and otherwise as a string, so that nothing around it breaks. */
export function writeRaw(typed: string): string {
  return isJson(typed) ? typed.trim() : quoteText(typed);
}

/** Whether `text` is one JSON value and nothing more. */
export function isJson(text: string): boolean {
  return readJson(text) !== undefined;
}

function readJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
