/**
 * Characters that a text field doesn't show, changes, or that reorder what stands around them: controls other than a tab
 * and a line feed, marks and overrides of writing direction (UAX #9), separators, spaces without width, and half pairs.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\0-\x08\v-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}/u;

const unseenOrBackslash = new RegExp(`\\\\|${unseen.source}`, "gu");

const letters: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["\b", "b"],
  ["\f", "f"],
  ["\r", "r"],
]);

/** Whether `text` holds characters that a text field would not show as they are. */
export function hasUnseen(text: string): boolean {
  return unseen.test(text);
}

/**
 * `text` with escapes, as JSON has them, for backslashes and for what a text field would not show; tabs and line feeds
 * stay. `unescapeText` reads it back exactly.
 */
export function escapeText(text: string): string {
  return text.replace(unseenOrBackslash, (char) => `\\${letters.get(char) ?? hexEscape(char)}`);
}

function hexEscape(char: string): string {
  return `u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const everyUnseen = new RegExp(unseen.source, "gu");

/** `text` as a JSON string that shows all that is in it: what an editor would not show is escaped. */
export function quoteText(text: string): string {
  return JSON.stringify(text).replace(everyUnseen, (char) => `\\${hexEscape(char)}`);
}

const escapes = /\\(?:u([0-9a-fA-F]{4})|([\\"/bfnrt]))/g;

const characters: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Reads the escapes of JSON in `typed`. A backslash that begins none stands for itself. */
export function unescapeText(typed: string): string {
  return typed.replace(escapes, (_, hex: string | undefined, letter = "") =>
    hex === undefined ? (characters.get(letter) ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
