import { describe, expect, test } from "vitest";
import { chordKeys, isChord, type PressedChord } from "./chord.ts";

const pressed = (key: string, held: Partial<PressedChord> = {}): PressedChord => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("isChord()", () => {
  test("takes Ctrl and ⌘ for the command key", () => {
    const chord = { key: "k", command: true };
    expect(isChord(pressed("k", { ctrlKey: true }), chord)).toBe(true);
    expect(isChord(pressed("k", { metaKey: true }), chord)).toBe(true);
    expect(isChord(pressed("k"), chord)).toBe(false);
  });

  test("tells Enter with Shift from Enter without", () => {
    const halfClose = { key: "Enter", command: true, shift: true };
    expect(isChord(pressed("Enter", { ctrlKey: true, shiftKey: true }), halfClose)).toBe(true);
    expect(isChord(pressed("Enter", { ctrlKey: true }), halfClose)).toBe(false);
  });

  test("takes a sign with Shift or without, as the keyboard has it", () => {
    expect(isChord(pressed("?", { shiftKey: true }), { key: "?" })).toBe(true);
    expect(isChord(pressed("/", {}), { key: "/" })).toBe(true);
  });

  test("takes no key that is held with Alt, which writes other letters", () => {
    expect(isChord(pressed("x", { altKey: true }), { key: "x" })).toBe(false);
  });
});

test("chordKeys() names the platform's command key", () => {
  expect(chordKeys({ key: "Enter", command: true, shift: true }, "⌘")).toEqual(["⌘", "⇧", "⏎"]);
  expect(chordKeys({ key: "x" }, "Ctrl")).toEqual(["X"]);
});
