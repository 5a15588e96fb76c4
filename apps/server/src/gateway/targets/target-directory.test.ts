import { describe, expect, it } from "vitest";
import { createTestSettings, defaultTls } from "../../testing/test-settings.ts";
import type { GatewayTarget } from "../gateway-target.ts";
import { createTargetDirectory, type RemoteTarget } from "./target-directory.ts";

/** A target without a server, as far as the directory needs one. */
function targetOf(name: string): GatewayTarget {
  return {
    name,
    upstream: {
      open: () => {
        throw new Error("the directory opens no calls");
      },
    },
    wires: undefined,
    learnWires: () => Promise.resolve(new Set()),
    heldFields: [],
    maxMessageBytes: 1,
    defaultDeadlineMs: undefined,
  };
}

/** A directory that notes what is opened and closed, in order. */
function createNotedDirectory() {
  const notes: string[] = [];
  const directory = createTargetDirectory({
    local: targetOf("local"),
    open: (settings): RemoteTarget => {
      const name = `${settings.name} of ${settings.metadata.length} fields`;
      if (settings.name === "broken") {
        throw new Error("it can't be opened");
      }
      notes.push(`open ${name}`);
      return {
        ...targetOf(settings.name),
        reflectionFields: [],
        learned: () => undefined,
        retire: () => notes.push(`retire ${name}`),
        close: () => notes.push(`close ${name}`),
      };
    },
  });
  return { directory, notes };
}

const metadata = [{ name: "authorization", value: "Bearer 1" }];

describe("createTargetDirectory()", () => {
  it("begins with local, which stays the first", () => {
    const { directory } = createNotedDirectory();
    expect(directory.names()).toEqual(["local"]);
    directory.replace([createTestSettings("b"), createTestSettings("a")]);
    expect(directory.names()).toEqual(["local", "b", "a"]);
    expect(directory.find("local")?.name).toBe("local");
    expect(directory.findRemote("local")).toBeUndefined();
    expect(directory.settings()).toEqual([createTestSettings("b"), createTestSettings("a")]);
  });

  it.each(["c", "__proto__", "constructor", ""])("has no target %j", (name) => {
    const { directory } = createNotedDirectory();
    directory.replace([createTestSettings("a")]);
    expect(directory.find(name)).toBeUndefined();
  });

  it("keeps the connections of a target whose settings stay", () => {
    const { directory, notes } = createNotedDirectory();
    directory.replace([createTestSettings("a", { metadata })]);
    const before = directory.find("a");
    directory.replace([createTestSettings("b"), createTestSettings("a", { metadata: structuredClone(metadata) })]);
    expect(directory.find("a")).toBe(before);
    expect(notes).toEqual(["open a of 1 fields", "open b of 0 fields"]);
  });

  it.each([
    ["other credentials", { metadata: [{ name: "authorization", value: "Bearer 2" }] }],
    ["another place", { address: "https://b.example" }],
    ["a certificate of its own", { tls: { ...defaultTls, certificateFile: "c.pem", keyFile: "c.key" } }],
    ["another name to be proven", { tls: { ...defaultTls, serverName: "b.example" } }],
    ["no proof at all", { tls: { ...defaultTls, insecure: true } }],
  ])("shares no connection between a target and the same with %s", (_name, change) => {
    const { directory } = createNotedDirectory();
    directory.replace([createTestSettings("a", { metadata })]);
    const before = directory.find("a");
    directory.replace([createTestSettings("a", { metadata, ...change })]);
    expect(directory.find("a")).not.toBe(before);
    expect(directory.find("a")?.upstream).not.toBe(before?.upstream);
  });

  it("retires what was changed or removed after the new one stands", () => {
    const { directory, notes } = createNotedDirectory();
    directory.replace([createTestSettings("a"), createTestSettings("b")]);
    notes.length = 0;
    directory.replace([createTestSettings("a", { metadata })]);
    expect(notes).toEqual(["open a of 1 fields", "retire a of 0 fields", "retire b of 0 fields"]);
    directory.close();
    expect(directory.names()).toEqual(["local", "a"]);
    expect(notes.at(-1)).toBe("close a of 1 fields");
  });

  it("stays as it is where a target can't be opened", () => {
    const { directory } = createNotedDirectory();
    directory.replace([createTestSettings("a")]);
    expect(() => directory.replace([createTestSettings("b"), createTestSettings("broken")])).toThrow(
      "it can't be opened",
    );
    expect(directory.names()).toEqual(["local", "a"]);
  });
});
