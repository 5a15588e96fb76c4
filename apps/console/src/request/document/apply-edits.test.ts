import { describe, expect, it } from "vitest";
import { applyEdits } from "./apply-edits.ts";

describe("applyEdits()", () => {
  it("makes edits in any order, all placed in the text as it was", () => {
    const edits = [
      { from: 4, to: 4, insert: "!" },
      { from: 0, to: 2, insert: "x" },
    ];
    expect(applyEdits("abcd", edits)).toBe("xcd!");
    expect(applyEdits("abcd", [])).toBe("abcd");
  });
});
