import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText, hasUnseen, quoteText, unescapeText } from "./escaped-text.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("\\", "u", "n", "0", "\0", "\r", "\n", "\u202e", "\ud83d", "\ude00", "é"), { maxLength: 12 })
    .map((parts) => parts.join("")),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

describe("escapeText()", () => {
  it("is read back exactly, whatever the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unescapeText(escapeText(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it("leaves nothing unseen", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(hasUnseen(escapeText(text))).toBe(false);
      }),
    );
  });

  it("writes escapes as JSON has them", () => {
    expect(escapeText("a\r\0\u202e\\")).toBe("a\\r\\u0000\\u202e\\\\");
  });

  it("leaves tabs, line feeds and letters of every script", () => {
    expect(escapeText("a\tb\n你好 😀 שלום 👩‍👩‍👧")).toBe("a\tb\n你好 😀 שלום 👩‍👩‍👧");
  });
});

describe("quoteText()", () => {
  it("writes JSON of the same text in which nothing is unseen", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(JSON.parse(quoteText(text))).toBe(text);
        expect(hasUnseen(quoteText(text))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("unescapeText()", () => {
  it("lets a backslash that begins no escape stand for itself", () => {
    expect(unescapeText("C:\\dir \\u00 \\q \\")).toBe("C:\\dir \\u00 \\q \\");
  });

  it("reads the escapes that stand for characters a field shows", () => {
    expect(unescapeText('\\n\\t\\"\\/\\u00e9')).toBe('\n\t"/é');
  });
});

describe("hasUnseen()", () => {
  it.each(["\0", "\r", "\x85", "\u202e", "\u200f", "\ufeff", "\ud800", "a\udc00b"])("finds %j", (text) => {
    expect(hasUnseen(text)).toBe(true);
  });

  it.each(["", "plain", "a\nb\tc", "😀", "שלום"])("passes %j over", (text) => {
    expect(hasUnseen(text)).toBe(false);
  });
});
