import { describe, expect, it } from "vitest";
import type { GatewayTarget } from "../gateway-target.ts";
import { createTargetDirectory, type RemoteTarget } from "./target-directory.ts";
import { checkDraft, type TargetDraft } from "./target-draft.ts";
import type { TargetSettings } from "./target-settings.ts";

const noTls = {
  caFile: undefined,
  certificateFile: undefined,
  keyFile: undefined,
  serverName: undefined,
  insecure: false,
};

function settingsOf(name: string, change: Partial<TargetDraft> = {}): TargetSettings {
  const draft = { name, address: "https://a.example", tls: noTls, metadata: [], reflectionMetadata: [] };
  const rest = { defaultDeadlineMs: undefined, maxMessageBytes: undefined, keepaliveMs: undefined };
  const checked = checkDraft({ ...draft, ...rest, ...change }, "saved");
  if (checked.kind === "violations") {
    throw new Error(JSON.stringify(checked.violations));
  }
  return checked.settings;
}

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
      return { ...targetOf(settings.name), learned: () => undefined, close: () => notes.push(`close ${name}`) };
    },
  });
  return { directory, notes };
}

const metadata = [{ name: "authorization", value: "Bearer 1" }];

describe("createTargetDirectory()", () => {
  it("begins with local, which stays the first", () => {
    const { directory } = createNotedDirectory();
    expect(directory.names()).toEqual(["local"]);
    directory.replace([settingsOf("b"), settingsOf("a")]);
    expect(directory.names()).toEqual(["local", "b", "a"]);
    expect(directory.find("local")?.name).toBe("local");
    expect(directory.findRemote("local")).toBeUndefined();
    expect(directory.settings()).toEqual([settingsOf("b"), settingsOf("a")]);
  });

  it.each(["c", "__proto__", "constructor", ""])("has no target %j", (name) => {
    const { directory } = createNotedDirectory();
    directory.replace([settingsOf("a")]);
    expect(directory.find(name)).toBeUndefined();
  });

  it("keeps the connections of a target whose settings stay", () => {
    const { directory, notes } = createNotedDirectory();
    directory.replace([settingsOf("a", { metadata })]);
    const before = directory.find("a");
    directory.replace([settingsOf("b"), settingsOf("a", { metadata: structuredClone(metadata) })]);
    expect(directory.find("a")).toBe(before);
    expect(notes).toEqual(["open a of 1 fields", "open b of 0 fields"]);
  });

  it.each([
    ["other credentials", { metadata: [{ name: "authorization", value: "Bearer 2" }] }],
    ["another place", { address: "https://b.example" }],
    ["a certificate of its own", { tls: { ...noTls, certificateFile: "c.pem", keyFile: "c.key" } }],
    ["another name to be proven", { tls: { ...noTls, serverName: "b.example" } }],
    ["no proof at all", { tls: { ...noTls, insecure: true } }],
  ])("shares no connection between a target and the same with %s", (_name, change) => {
    const { directory } = createNotedDirectory();
    directory.replace([settingsOf("a", { metadata })]);
    const before = directory.find("a");
    directory.replace([settingsOf("a", { metadata, ...change })]);
    expect(directory.find("a")).not.toBe(before);
    expect(directory.find("a")?.upstream).not.toBe(before?.upstream);
  });

  it("closes what was changed or removed after the new one stands", () => {
    const { directory, notes } = createNotedDirectory();
    directory.replace([settingsOf("a"), settingsOf("b")]);
    notes.length = 0;
    directory.replace([settingsOf("a", { metadata })]);
    expect(notes).toEqual(["open a of 1 fields", "close a of 0 fields", "close b of 0 fields"]);
    directory.close();
    expect(directory.names()).toEqual(["local"]);
    expect(notes).toContain("close a of 1 fields");
  });

  it("stays as it is where a target can't be opened", () => {
    const { directory } = createNotedDirectory();
    directory.replace([settingsOf("a")]);
    expect(() => directory.replace([settingsOf("b"), settingsOf("broken")])).toThrow("it can't be opened");
    expect(directory.names()).toEqual(["local", "a"]);
  });
});
