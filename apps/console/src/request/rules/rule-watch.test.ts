import { type DescMessage, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { describe, expect, it, vi } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { hasRules } from "./has-rules.ts";
import { createRuleWatch, maxCheckedLength, type RuleWatchState } from "./rule-watch.ts";

const { registry, message } = readTestingSchema();
const line = message("OrderLine");

/** Idle time that comes when the test says so. */
function createIdle() {
  const waiting = new Set<() => void>();
  return {
    waiting,
    whenIdle: (task: () => void) => {
      waiting.add(task);
      return () => void waiting.delete(task);
    },
    pass() {
      const tasks = [...waiting];
      waiting.clear();
      for (const task of tasks) {
        task();
      }
    },
  };
}

function watched(json: JsonValue, input: DescMessage = line, text = JSON.stringify(json)) {
  return { text, input, registry, read: () => [fromJson(input, json, { registry })] };
}

async function check(...texts: ReturnType<typeof watched>[]): Promise<RuleWatchState> {
  const idle = createIdle();
  const watch = createRuleWatch(idle);
  for (const text of texts) {
    watch.watch(text);
  }
  await vi.waitFor(() => expect(idle.waiting.size).toBe(1));
  idle.pass();
  return watch.store.getState();
}

describe("createRuleWatch()", () => {
  it("tells which rules are broken, once there is time", async () => {
    expect(await check(watched({ article: "kettle", count: 0 }))).toEqual({
      violations: [{ position: 0, field: "count", message: "must be greater than 0 and less than or equal to 99" }],
      problem: undefined,
    });
  });

  it("checks the newest text alone", async () => {
    expect((await check(watched({ count: 0 }), watched({ article: "kettle", count: 1 }))).violations).toEqual([]);
  });

  it("keeps what it knew while the text has another fault", async () => {
    const idle = createIdle();
    const watch = createRuleWatch(idle);
    watch.watch(watched({ article: "kettle", count: 0 }));
    await vi.waitFor(() => expect(idle.waiting.size).toBe(1));
    idle.pass();
    const known = watch.store.getState();
    watch.watch({ text: "{", input: line, registry, read: () => undefined });
    await vi.waitFor(() => expect(idle.waiting.size).toBe(1));
    idle.pass();
    expect(watch.store.getState()).toBe(known);
  });

  it("says why nothing is checked: a text that is too long, an expression that doesn't compile or fails", async () => {
    const idle = createIdle();
    const watch = createRuleWatch(idle);
    watch.watch(watched({}, line, " ".repeat(maxCheckedLength + 1)));
    expect(watch.store.getState()).toEqual({ violations: [], problem: { kind: "tooLong" } });
    expect(idle.waiting.size).toBe(0);
    expect((await check(watched({ text: "x" }, message("BrokenRules")))).problem).toMatchObject({
      kind: "broken",
      reason: expect.stringContaining("broken.syntax"),
    });
    expect((await check(watched({}, message("FailingRules")))).problem).toMatchObject({ kind: "broken" });
  });

  it("tells at most 100 broken rules", async () => {
    const phones = Array.from({ length: 500 }, () => "none");
    const customer = { name: "Ada", email: "ada@example.com", phones };
    expect((await check(watched(customer, message("Customer")))).violations).toHaveLength(100);
  });

  it("counts broken rules at once where it can, and none before it can", async () => {
    const idle = createIdle();
    const watch = createRuleWatch(idle);
    const text = watched({ count: 0 });
    const messages = text.read();
    expect(watch.countBroken(messages, text)).toBe(0);
    watch.watch(text);
    await vi.waitFor(() => expect(idle.waiting.size).toBe(1));
    expect(watch.countBroken(messages, text)).toBe(2);
    const refreshed = readTestingSchema().registry;
    expect(watch.countBroken(messages, { ...text, registry: refreshed })).toBe(0);
  });
});

describe("hasRules()", () => {
  it("finds rules of a message, and of those that it can hold", () => {
    expect(hasRules(line, registry)).toBe(true);
    expect(hasRules(message("Rules"), registry)).toBe(true);
    expect(hasRules(message("EchoTimesRequest"), registry)).toBe(true);
    expect(hasRules(message("Node"), registry)).toBe(false);
    expect(hasRules(message("WellKnown"), registry)).toBe(false);
  });
});
