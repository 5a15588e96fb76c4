import { describe, expect, it } from "vitest";
import { createTestSettings, defaultTls } from "../../testing/test-settings.ts";
import { checkDraft, type TargetDraft } from "./target-draft.ts";

/** What is wrong with a draft that is sound but for this, by the paths of its fields. */
function faultsOf(change: Partial<TargetDraft>): Record<string, string> {
  const draft = { ...createTestSettings("a"), address: "https://a.example", ...change };
  const checked = checkDraft(draft, "saved");
  const violations = checked.kind === "violations" ? checked.violations : [];
  return Object.fromEntries(violations.map(({ field, description }) => [field, description]));
}

const field = (value: string) => ({ name: "x-key", value });

describe("checkDraft()", () => {
  it.each([
    "api.example.com",
    "ftp://a.example",
    "https://user:password@a.example",
    "https://a.example/path",
    "https://a.example?query",
    "https://a.example:0",
    "https://a.example:65536",
    "xds:///a",
    "unix:relative",
    "",
  ])("refuses the address %j, and says why", (address) => {
    expect(faultsOf({ address })).toEqual({ address: expect.stringMatching(/^is not an address: ./) });
  });

  it("keeps TLS to addresses that have it", () => {
    const tls = { ...defaultTls, insecure: true };
    expect(faultsOf({ tls })).toEqual({});
    expect(Object.keys(faultsOf({ address: "h2c://a.example:1", tls }))).toEqual(["tls"]);
    expect(Object.keys(faultsOf({ address: "unix:/run/a.sock", tls }))).toEqual(["tls"]);
  });

  it("takes 64 fields of metadata and 16 KiB of it, and no more, in either list", () => {
    const many = (count: number) => Array.from({ length: count }, () => field("1"));
    const large = (bytes: number) => [field("v".repeat(bytes - "x-key".length))];
    expect(faultsOf({ metadata: many(64), reflectionMetadata: large(16_384) })).toEqual({});
    expect(faultsOf({ metadata: many(65), reflectionMetadata: large(16_385) })).toEqual({
      metadata: "must have at most 64 fields, and has 65",
      reflection_metadata: "must have at most 16384 bytes of names and values together, and has 16385",
    });
  });

  it("takes limits at their edges, and nothing beyond", () => {
    const edges = [
      { defaultDeadlineMs: 1, maxMessageBytes: 1, keepaliveMs: 1_000 },
      { defaultDeadlineMs: 2_147_483_647, maxMessageBytes: 4_294_967_295, keepaliveMs: 2_147_483_647 },
    ];
    expect(edges.map(faultsOf)).toEqual([{}, {}]);
    const beyond = [
      { defaultDeadlineMs: 0, maxMessageBytes: 0, keepaliveMs: 999 },
      { defaultDeadlineMs: 2_147_483_648, maxMessageBytes: 4_294_967_296, keepaliveMs: 2_147_483_648 },
    ];
    for (const limits of beyond) {
      expect(Object.keys(faultsOf(limits))).toEqual(["default_deadline", "max_message_bytes", "keepalive"]);
    }
  });

  it.each(["__proto__", "constructor", "a".repeat(64), "A.b_c-9"])("takes the name %s", (name) => {
    expect(faultsOf({ name })).toEqual({});
  });

  it.each(["", "a".repeat(65), "a/b", "a b", "ä", "..", ".", "local", "a\u0000"])("refuses the name %j", (name) => {
    expect(Object.keys(faultsOf({ name }))).toEqual(["name"]);
  });

  it("quotes no secret in what it says", () => {
    expect(JSON.stringify(faultsOf({ address: "https://user:s3cret@a.example" }))).not.toContain("s3cret");
    expect(JSON.stringify(faultsOf({ metadata: [field("s3cret\r\nx: y")] }))).not.toContain("s3cret");
  });

  it("gives settings that nobody can change, nor by what they were made of", () => {
    const metadata = [field("1")];
    const settings = createTestSettings("a", { metadata, tls: { ...defaultTls } });
    metadata[0] = field("2");
    expect(settings.metadata).toEqual([field("1")]);
    expect(Object.isFrozen(settings)).toBe(true);
    expect([settings.tls, settings.metadata, settings.address, settings.metadata[0]].every(Object.isFrozen)).toBe(true);
  });
});
