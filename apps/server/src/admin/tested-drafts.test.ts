import { describe, expect, it } from "vitest";
import type { Wire } from "../gateway/gateway-target.ts";
import { createTestSettings } from "../testing/test-settings.ts";
import { createTestedDrafts, draftHoldMs } from "./tested-drafts.ts";

const grpc: ReadonlySet<Wire> = new Set<Wire>(["grpc"]);
const connect: ReadonlySet<Wire> = new Set<Wire>(["connect"]);

describe("createTestedDrafts()", () => {
  it("gives what was found under whatever name, once", () => {
    const drafts = createTestedDrafts(() => 0);
    drafts.note(createTestSettings("draft"), grpc);
    expect(drafts.take(createTestSettings("shop"))).toBe(grpc);
    expect(drafts.take(createTestSettings("shop"))).toBeUndefined();
  });

  it("tells drafts of other settings apart, and holds the last test of each", () => {
    const drafts = createTestedDrafts(() => 0);
    const key = createTestSettings("a", { metadata: [{ name: "x-key", value: "1" }] });
    drafts.note(createTestSettings("a"), connect);
    drafts.note(createTestSettings("a"), grpc);
    expect(drafts.take(key)).toBeUndefined();
    expect(drafts.take(createTestSettings("a"))).toBe(grpc);
  });

  it("forgets what was found too long ago", () => {
    let now = 0;
    const drafts = createTestedDrafts(() => now);
    drafts.note(createTestSettings("a"), grpc);
    now = draftHoldMs + 1;
    expect(drafts.take(createTestSettings("a"))).toBeUndefined();
  });

  it("keeps the last sixteen", () => {
    const drafts = createTestedDrafts(() => 0);
    const numbered = (number: number) => createTestSettings("a", { address: `https://a${number}.example` });
    for (let number = 0; number < 17; number++) {
      drafts.note(numbered(number), grpc);
    }
    expect(drafts.take(numbered(0))).toBeUndefined();
    expect(drafts.take(numbered(1))).toBe(grpc);
    expect(drafts.take(numbered(16))).toBe(grpc);
  });
});
