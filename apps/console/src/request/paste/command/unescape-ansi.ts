const simple: ReadonlyMap<string, string> = new Map([
  ["a", "\u0007"],
  ["b", "\b"],
  ["e", "\u001b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** What Bash's `$'…'` stands for, without its quotes; escapes that Bash does not have stay as they are. */
export function unescapeAnsi(text: string): string {
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|(.))/gs,
    (whole, octal?: string, hex?: string, short?: string, long?: string, character = "") => {
      if (octal !== undefined) {
        return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      }
      const digits = hex ?? short ?? long;
      if (digits !== undefined) {
        const code = Number.parseInt(digits, 16);
        return code > 0x10ffff ? whole : String.fromCodePoint(code);
      }
      return simple.get(character) ?? (/["'?\\]/.test(character) ? character : whole);
    },
  );
}
