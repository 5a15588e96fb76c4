import { describe, expect, test } from "vitest";
import { createDraft } from "../../request/draft.ts";
import { defaultDraftOptions } from "../../request/options/draft-options.ts";
import type { OpenTab } from "./open-tab.ts";
import { maxStoredText, parseTabs, serializeTabs } from "./tab-persistence.ts";

const exampleOf = () => "example";

function tab(id: string, text: string): OpenTab {
  return { id, route: { target: "local", service: "Greeter", method: "SayHello" }, draft: createDraft(text) };
}

describe("parseTabs()", () => {
  test("reads back what serializeTabs() wrote", () => {
    const draft = {
      text: '{"name": "\\u0000 <b>"',
      parked: [{ place: '[0,"name"]', text: '"Ada"' }],
      metadata: [{ id: "1", name: "x-a", value: "b", isEnabled: false }],
      deadline: "30 s",
      protocol: "websocket" as const,
      options: {
        requestCompression: "gzip" as const,
        acceptedCompressions: ["gzip" as const, "deflate" as const],
        maxSent: "1 MiB",
        maxReceived: "much",
        json: { protoFieldNames: true, enumsAsNumbers: true, emitDefaults: true, ignoreUnknownFields: false },
      },
      repeat: "7",
    };
    const stored = { tabs: [{ ...tab("a", ""), draft }, tab("b", "{}")], activeId: "b", target: "local" };
    expect(parseTabs(serializeTabs(stored), exampleOf)).toEqual(stored);
  });

  test("puts the example where a draft was too long to keep", () => {
    const text = serializeTabs({
      tabs: [tab("a", "x".repeat(maxStoredText + 1)), tab("b", "short")],
      activeId: "a",
      target: "local",
    });
    expect(parseTabs(text, exampleOf).tabs.map(({ draft }) => draft.text)).toEqual(["example", "short"]);
  });

  test("leaves a draft to its example that is not known yet", () => {
    const stored = { tabs: [{ ...tab("a", ""), awaitsExample: true }], activeId: "a", target: "local" };
    expect(parseTabs(serializeTabs(stored), exampleOf)).toEqual(stored);
    const long = serializeTabs({ ...stored, tabs: [tab("a", "x".repeat(maxStoredText + 1))] });
    expect(parseTabs(long, () => undefined).tabs).toEqual(stored.tabs);
  });

  test("shows the target that was shown", () => {
    const text = serializeTabs({ tabs: [], activeId: undefined, target: "x" });
    expect(parseTabs(text, exampleOf).target).toBe("x");
  });

  test("keeps the drafts nearest to the active tab", () => {
    const long = "x".repeat(maxStoredText);
    const tabs = ["a", "b", "c", "d", "e", "f"].map((id) => tab(id, long));
    const { tabs: kept } = parseTabs(serializeTabs({ tabs, activeId: "f", target: "local" }), exampleOf);
    expect(kept.map(({ draft }) => draft.text === long)).toEqual([false, false, true, true, true, true]);
  });

  test.each([
    undefined,
    "",
    "nonsense",
    "null",
    "[]",
    '{"version":2,"tabs":[]}',
    '{"version":1,"tabs":{}}',
    '{"version":1,"tabs":[null,1,{"id":"a"},{"id":1,"route":{"target":"t","service":"s","method":"m"}}]}',
  ])("makes no tab of %j", (text) => {
    expect(parseTabs(text, exampleOf)).toEqual({ tabs: [], activeId: undefined, target: "local" });
  });

  test.each(['"options":3', '"options":{"json":[],"acceptedCompressions":{"a":1},"maxSent":7}'])(
    "reads %s as the default options",
    (stored) => {
      const text = serializeTabs({ tabs: [tab("a", "1")], activeId: "a", target: "local" });
      const parsed = parseTabs(text.replace(/"options":\{.*?\}\}/, stored), exampleOf);
      expect(text).not.toContain(stored);
      expect(parsed.tabs[0]?.draft.options).toEqual(defaultDraftOptions);
    },
  );

  test("leaves out a tab that repeats an id, and an unknown protocol", () => {
    const text = serializeTabs({ tabs: [tab("a", "1"), tab("a", "2")], activeId: "z", target: "local" }).replaceAll(
      '"deadline"',
      '"protocol":"carrier-pigeon","deadline"',
    );
    const parsed = parseTabs(text, exampleOf);
    expect(parsed.tabs.map(({ id, draft }) => [id, draft.text, draft.protocol])).toEqual([["a", "2", undefined]]);
    expect(parsed.activeId).toBe("a");
  });
});
