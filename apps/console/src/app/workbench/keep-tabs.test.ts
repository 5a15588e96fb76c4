import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createDraft } from "../../request/draft.ts";
import { createTextStorage } from "../storage.ts";
import { keepTabs, tabsKey } from "./keep-tabs.ts";
import { parseTabs } from "./tab-persistence.ts";
import { createWorkbench } from "./workbench-store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(setItem?: () => never) {
  const stored = new Map<string, string>();
  const storage = createTextStorage(() => ({
    getItem: (key) => stored.get(key) ?? null,
    setItem: setItem ?? ((key, text) => void stored.set(key, text)),
  }));
  const workbench = createWorkbench({ tabs: [], activeId: undefined, target: "local", createId: () => "t" });
  const page = new EventTarget();
  const outcome = keepTabs({ workbench, storage, page });
  const texts = () => parseTabs(stored.get(tabsKey), () => "").tabs.map(({ draft }) => draft.text);
  workbench.open({ target: "local", service: "S", method: "M" }, createDraft("typed"));
  return { workbench, page, outcome, texts };
}

describe("keepTabs()", () => {
  test("stores once after a burst of changes", () => {
    const { workbench, texts } = setUp();
    workbench.change("t", { text: "typed more" });
    expect(texts()).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(texts()).toEqual(["typed more"]);
  });

  test("stores at once when the page goes", () => {
    const { page, texts } = setUp();
    page.dispatchEvent(new Event("pagehide"));
    expect(texts()).toEqual(["typed"]);
  });

  test("says so when the browser refuses", () => {
    const { page, outcome } = setUp(() => {
      throw new Error("quota");
    });
    page.dispatchEvent(new Event("pagehide"));
    expect(outcome.getState().isKept).toBe(false);
  });
});
