import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fileBytes } from "../../testing/schema-fixtures.ts";
import { serializeDescriptorSet } from "../serialize-descriptor-set.ts";
import { readDescriptorSet } from "./read-descriptor-set.ts";

const file = fileBytes({ name: "a.proto", messageType: [{ name: "A" }] });
const set = serializeDescriptorSet([file]);

describe("readDescriptorSet()", () => {
  test("takes a set apart", async () => {
    expect(await readDescriptorSet(set, 1_000)).toEqual({ kind: "compiled", files: [file], notes: [] });
  });

  test("takes a set in gzip", async () => {
    expect(await readDescriptorSet(gzipSync(set), 1_000)).toMatchObject({
      kind: "compiled",
      files: [Buffer.from(file)],
    });
  });

  test("refuses gzip that grows over the limit", async () => {
    expect(await readDescriptorSet(gzipSync(Buffer.alloc(100_000)), 1_000)).toMatchObject({ kind: "failed" });
  });

  test("refuses a set over the limit, and takes one at it", async () => {
    expect(await readDescriptorSet(set, set.length - 1)).toMatchObject({ kind: "failed" });
    expect(await readDescriptorSet(set, set.length)).toMatchObject({ kind: "compiled" });
  });

  test.each([
    ["text", Buffer.from('syntax = "proto3";')],
    ["a file", file],
    ["cut bytes", set.subarray(0, -1)],
    ["nothing", new Uint8Array()],
  ])("refuses %s", async (_, bytes) => {
    expect(await readDescriptorSet(bytes, 1_000)).toMatchObject({ kind: "failed", errors: [{ path: "" }] });
  });
});
