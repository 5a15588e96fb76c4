import { create, type DescMessage, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Call } from "../../call/call.ts";
import type { CallSnapshot } from "../../call/call-snapshot.ts";
import { createCall } from "../../call/create-call.ts";
import type { OpenTransport } from "../../call/open-transport.ts";
import { allWires } from "../../call/wire-protocol.ts";
import { createDraft } from "../../request/draft.ts";
import { typeRegistry } from "../../schema/type-registry.ts";
import type { AnswerStore } from "./answer-store.ts";
import { keepAnswers, maxKeptBytes } from "./keep-answers.ts";
import { createWorkbench, maxClosedTabs } from "./workbench-store.ts";

const method = Greeter.method.sayHello;
const subject = { method, registry: typeRegistry, wires: allWires };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A store in memory that clones, as a database does. */
function createMemoryStore(stored = new Map<string, CallSnapshot>()) {
  const store: AnswerStore = {
    list: async () => [...stored].map(([tabId, { bytes, savedAt }]) => ({ tabId, bytes, savedAt })),
    read: async (tabId) => structuredClone(stored.get(tabId)),
    write: async (tabId, snapshot) => void stored.set(tabId, structuredClone(snapshot)),
    remove: async (tabId) => void stored.delete(tabId),
  };
  return { store, stored };
}

const greet: OpenTransport = ({ tap, protocol }) => ({
  protocol,
  transport: {
    async unary(desc, _signal, _timeoutMs, _header, input) {
      const { name = "" } = create(desc.input, input) as { name?: string };
      if (name === "wait") {
        tap.accepted();
        return await new Promise(() => undefined);
      }
      const message = create<DescMessage>(desc.output, { message: name }) as MessageShape<typeof desc.output>;
      const payload = toBinary(desc.output, message);
      tap.responseMessage({ flags: 0, carriedBytes: 1, payload, format: "binary", compression: undefined });
      const header = new Headers();
      return { stream: false, service: desc.parent, method: desc, header, trailer: header, message };
    },
    stream: () => Promise.reject(new Error("not played")),
  },
});

function createPage(memory = createMemoryStore(), ids: readonly string[] = ["a", "b", "c"]) {
  const tabs = ids.map((id) => {
    const route = { target: "local", service: "Greeter", method: "SayHello" };
    return { id, route, draft: createDraft("{}") };
  });
  const workbench = createWorkbench({ tabs, activeId: undefined, target: "local", createId: () => "new" });
  const page = new EventTarget();
  const keeper = keepAnswers({ workbench, store: memory.store, now: () => Date.now(), page });
  const open = (tabId: string) => {
    const call = createCall({
      openTransport: greet,
      now: () => Date.now(),
      schedule: setImmediate,
      turns: { next: setImmediate, isSpent: () => false, rest: async () => undefined },
    });
    keeper.follow(tabId, call, subject);
    return call;
  };
  return { workbench, page, open, ...memory };
}

async function run(call: Call, name: string): Promise<void> {
  const messages = [create(method.input, { name })];
  call.start({ ...subject, protocol: "connect-json", metadata: [], timeoutMs: undefined, messages });
  await vi.waitFor(() => expect(call.getState().phase.kind).not.toBe("opening"));
}

function answerOf(call: Call): unknown {
  const { log } = call.getState();
  return log.at(log.length - 1)?.message;
}

/** Lets timers fire, and what they begin come to its end. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await new Promise(setImmediate);
}

describe("keepAnswers()", () => {
  test("brings an answer back in the next page", async () => {
    const first = createPage();
    const call = first.open("a");
    await run(call, "Ada");
    await pass(300);
    const restored = createPage(first).open("a");
    await pass(0);
    expect(answerOf(restored)).toMatchObject({ message: "Ada" });
    expect(restored.getState()).toMatchObject({ phase: { status: { code: 0 } }, restored: { leftOut: 0 } });
    await run(restored, "Bob");
    expect(restored.getState()).toMatchObject({ runId: 2, restored: undefined });
  });

  test("keeps a call under way too, at the latest when the page goes", async () => {
    const first = createPage();
    await run(first.open("a"), "wait");
    expect(first.stored.size).toBe(0);
    first.page.dispatchEvent(new Event("pagehide"));
    await pass(0);
    const restored = createPage(first).open("a");
    await pass(0);
    expect(restored.getState().phase).toMatchObject({ status: { message: "the page was reloaded", origin: "page" } });
  });

  test("does not put an earlier answer over a call that has begun", async () => {
    const first = createPage();
    await run(first.open("a"), "Ada");
    await pass(300);
    const call = createPage(first).open("a");
    const begun = run(call, "Bob");
    await pass(0);
    await begun;
    expect(answerOf(call)).toMatchObject({ message: "Bob" });
  });

  test("forgets the answer of a closed tab, and keeps it anew where the tab comes back", async () => {
    const { open, workbench, stored } = createPage();
    await run(open("a"), "Ada");
    await pass(300);
    expect([...stored.keys()]).toEqual(["a"]);
    workbench.close("a");
    await pass(0);
    expect(stored.size).toBe(0);
    workbench.undoClose();
    await pass(0);
    expect([...stored.keys()]).toEqual(["a"]);
  });

  test("keeps nothing of a tab that was closed before its answer was kept", async () => {
    const { open, workbench, stored } = createPage(
      createMemoryStore(),
      Array.from({ length: maxClosedTabs + 2 }, (_, i) => `tab ${i}`),
    );
    await run(open("tab 0"), "Ada");
    for (const { id } of workbench.store.getState().tabs) {
      workbench.close(id);
    }
    await pass(300);
    expect(stored.size).toBe(0);
  });

  test("takes the messages from the oldest answers where all are too large, and says how many are gone", async () => {
    const ids = Array.from({ length: 10 }, (_, i) => String(i));
    const memory = createMemoryStore();
    const { open, stored } = createPage(memory, ids);
    for (const id of ids) {
      await run(open(id), "x".repeat(2_000_000));
      await pass(1_000);
    }
    const sizes = ids.map((id) => stored.get(id)?.bytes ?? Number.NaN);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(maxKeptBytes);
    expect(sizes.map((size) => size > 1_000_000)).toEqual([false, false, ...Array<boolean>(8).fill(true)]);
    const restored = createPage(memory, ids).open("0");
    await pass(0);
    expect(restored.getState()).toMatchObject({ phase: { status: { code: 0 } }, restored: { leftOut: 1 } });
  });

  test("removes what belongs to no tab once it is a day old: until then it may be another window's", async () => {
    const memory = createMemoryStore();
    const first = createPage(memory, ["a"]);
    await run(first.open("a"), "Ada");
    await pass(300);
    createPage(memory, []);
    await pass(0);
    expect(memory.stored.size).toBe(1);
    vi.setSystemTime(Date.now() + 86_400_001);
    createPage(memory, []);
    await pass(0);
    expect(memory.stored.size).toBe(0);
  });

  test("goes without answers where the browser refuses", async () => {
    const refuse = () => Promise.reject(new Error("no database"));
    const store = { list: refuse, read: refuse, write: refuse, remove: refuse };
    const { open } = createPage({ store, stored: new Map() });
    const call = open("a");
    await run(call, "Ada");
    await pass(300);
    expect(answerOf(call)).toMatchObject({ message: "Ada" });
  });
});
