import { describe, expect, it } from "vitest";
import { compileRichSchema } from "../json/testing/rich-schema.ts";
import { createDraftReader } from "./draft-reader.ts";

const { registry, rich } = compileRichSchema();
const options = { input: rich, registry, many: false };

describe("createDraftReader()", () => {
  it("reads each text once", () => {
    const reader = createDraftReader();
    const reading = reader.read('{"maybe": "x"}', options);
    expect(reading.issues).toHaveLength(1);
    expect(reader.read('{"maybe": "x"}', { ...options })).toBe(reading);
    expect(reader.read('{"maybe": 1}', options).issues).toEqual([]);
    expect(reader.read('{"maybe": 1} {}', { ...options, many: true }).messageCount).toBe(2);
  });

  it("makes messages only of a text without issues", () => {
    const reader = createDraftReader();
    expect(reader.makeMessages('{"maybe": 1}', options)).toMatchObject({ kind: "made", messages: [{ maybe: 1 }] });
    expect(reader.makeMessages('{"maybe": "x"}', options)).toMatchObject({
      kind: "refused",
      issues: [{ kind: "wrongType" }],
    });
  });
});
