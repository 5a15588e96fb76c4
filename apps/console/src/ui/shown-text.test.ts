import { expect, test } from "vitest";
import { shownPieces, shownText } from "./shown-text.ts";

test("shownPieces() writes what is not seen as an escape, and leaves letters of every script", () => {
  const text = shownPieces("a\u202Eb\u0007\n\u{1F469}\u200D\u{1F467} \uD800مرحبا");
  expect(text.map((piece) => piece.text).join("")).toBe("a\\u202eb\\u0007\\n\u{1F469}\u200D\u{1F467} \\ud800مرحبا");
  expect(text.filter(({ isEscape }) => isEscape)).toHaveLength(4);
});

test("shownPieces() marks what is found", () => {
  expect(shownPieces("A.b a.B axb", /a\.b/giu)).toEqual([
    { text: "A.b", isEscape: false, isFound: true },
    { text: " ", isEscape: false, isFound: false },
    { text: "a.B", isEscape: false, isFound: true },
    { text: " axb", isEscape: false, isFound: false },
  ]);
});

test("a text has escapes in place of marks of direction and of what is not seen", () => {
  expect(shownText("\u202Egpj\u2066.exe\n\u0000\u200b مرحبا")).toBe("\\u202egpj\\u2066.exe\\n\\u0000\\u200b مرحبا");
});
