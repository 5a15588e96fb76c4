import { describe, expect, it } from "vitest";
import { nextDraft, settledDraft } from "./typed-draft.ts";

describe("settledDraft()", () => {
  it("shows what was typed while its text is on its way, and when it has come", () => {
    const draft = nextDraft(undefined, "1_", '"1_"', "1");
    expect(settledDraft(draft, "1")?.typed).toBe("1_");
    expect(settledDraft(draft, '"1_"')?.typed).toBe("1_");
  });

  it("shows what was typed last while texts come one after the other", () => {
    const draft = nextDraft(nextDraft(undefined, "1", "1", ""), "12", "12", "");
    expect(settledDraft(draft, "")?.typed).toBe("12");
    expect(settledDraft(draft, "1")?.typed).toBe("12");
    expect(settledDraft(draft, "12")?.typed).toBe("12");
  });

  it("ends when someone else changes the value", () => {
    expect(settledDraft(nextDraft(undefined, "1", "1", ""), "2")).toBeUndefined();
  });

  it("ends when the change is undone", () => {
    const draft = settledDraft(nextDraft(undefined, "1", "1", ""), "1");
    expect(settledDraft(draft, "")).toBeUndefined();
  });

  it("takes whatever comes in the place of a value that was taken away", () => {
    const draft = settledDraft(nextDraft(undefined, "", undefined, "5"), "5");
    const emptied = settledDraft(draft, "0");
    expect(emptied?.typed).toBe("");
    expect(settledDraft(emptied, "7")).toBeUndefined();
  });

  it("remembers no text that has come back", () => {
    let draft = nextDraft(undefined, "a", "0", "");
    for (let i = 1; i <= 1_000; i++) {
      draft = nextDraft(draft, "a", String(i), String(i - 1));
    }
    expect(draft.texts).toEqual(["999", "1000"]);
  });
});
