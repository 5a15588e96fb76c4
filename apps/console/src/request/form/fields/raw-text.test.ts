import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJson, shownRaw, writeRaw } from "./raw-text.ts";

describe("shownRaw()", () => {
  it("shows what is read back as the same value, whatever that is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string().map((text) => JSON.stringify(text)),
        ),
        (text) => {
          expect(JSON.parse(writeRaw(shownRaw(text)))).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it("shows half-typed JSON as it was typed", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 2 }), fc.nat(40), (text, cut) => {
        const typed = text.slice(0, cut);
        fc.pre(typed !== "" && !isJson(typed));
        expect(shownRaw(writeRaw(typed))).toBe(typed);
      }),
    );
  });

  it("keeps the quotes of a string that would be another value without them", () => {
    expect(shownRaw('"12"')).toBe('"12"');
    expect(shownRaw('""')).toBe('""');
    expect(shownRaw('"twelve"')).toBe("twelve");
  });
});

describe("writeRaw()", () => {
  it("always writes one JSON value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        expect(() => JSON.parse(writeRaw(typed))).not.toThrow();
      }),
    );
  });
});
