import { describe, expect, it } from "vitest";
import { maxSuggestions, moveSuggestion } from "./suggestion.ts";

describe("moveSuggestion()", () => {
  it("goes round at both ends", () => {
    expect(moveSuggestion("ArrowDown", -1, 3)).toBe(0);
    expect(moveSuggestion("ArrowDown", 2, 3)).toBe(0);
    expect(moveSuggestion("ArrowUp", 0, 3)).toBe(2);
    expect(moveSuggestion("ArrowUp", -1, 3)).toBe(2);
  });

  it("stops a page at both ends", () => {
    expect(moveSuggestion("PageDown", 0, 3)).toBe(2);
    expect(moveSuggestion("PageUp", 2, 3)).toBe(0);
  });

  it("leads to none that isn't laid out", () => {
    expect(moveSuggestion("ArrowUp", 0, 5_000)).toBe(maxSuggestions - 1);
    expect(moveSuggestion("PageDown", maxSuggestions - 2, 5_000)).toBe(maxSuggestions - 1);
  });

  it("leaves other keys to the field", () => {
    expect(moveSuggestion("Home", 0, 3)).toBeUndefined();
    expect(moveSuggestion("a", 0, 3)).toBeUndefined();
  });
});
