import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { Edition, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serializeDescriptorSet } from "../serialize-descriptor-set.ts";
import { type CompileLimits, defaultCompileLimits } from "./compile-limits.ts";
import { compileProtoFiles } from "./compile-proto-files.ts";
import { findBuf } from "./find-buf.ts";

let directory: string;
const { signal } = new AbortController();

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "compile-test-"));
});

afterEach(async () => {
  expect(await readdir(directory)).toEqual([]);
  await rm(directory, { recursive: true });
});

/** Compiles files by their paths. */
function compile(
  files: Record<string, string>,
  {
    limits = {},
    program = findBuf() ?? "",
    given = signal,
  }: { limits?: Partial<CompileLimits>; program?: string; given?: AbortSignal } = {},
) {
  const list = Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  return compileProtoFiles(list, {
    program,
    temporaryDirectory: directory,
    limits: { ...defaultCompileLimits, ...limits },
    signal: given,
  });
}

/** The descriptors of files that can be compiled. */
async function compiled(files: Record<string, string>) {
  const result = await compile(files);
  if (result.kind === "failed") {
    throw new Error(JSON.stringify(result.errors));
  }
  const set = fromBinary(FileDescriptorSetSchema, serializeDescriptorSet(result.files));
  return { set, registry: createFileRegistry(set), notes: result.notes };
}

const base = 'syntax = "proto3"; package base; message Base {}';

describe("compileProtoFiles()", () => {
  test("compiles a folder, with comments and well-known types", async () => {
    const text = `syntax = "proto3";
package a;
import "google/protobuf/timestamp.proto";
// When it was.
message A { google.protobuf.Timestamp when = 1; }`;
    const { set, registry, notes } = await compiled({ "a.proto": text });
    expect(registry.getMessage("a.A")?.fields[0]?.message?.typeName).toBe("google.protobuf.Timestamp");
    const comments = set.file.flatMap(({ name, sourceCodeInfo }) =>
      name === "a.proto" ? (sourceCodeInfo?.location ?? []) : [],
    );
    expect(comments.map(({ leadingComments }) => leadingComments)).toContain(" When it was.\n");
    expect(notes).toEqual([]);
  });

  test.each([
    ["2023", Edition.EDITION_2023],
    ["2024", Edition.EDITION_2024],
  ])("compiles edition %s", async (name, edition) => {
    const text = `edition = "${name}"; package a; message A { string s = 1 [features.field_presence = IMPLICIT]; }`;
    expect((await compiled({ "a.proto": text })).registry.getFile("a.proto")?.edition).toBe(edition);
  });

  test("finds the folder that imports are relative to, and says which", async () => {
    const user = 'syntax = "proto3"; import "base/base.proto"; message User { base.Base base = 1; }';
    const { registry, notes } = await compiled({
      "repo/proto/base/base.proto": base,
      "repo/proto/app/user.proto": user,
    });
    expect(registry.getFile("app/user.proto")?.dependencies.map(({ proto }) => proto.name)).toEqual([
      "base/base.proto",
    ]);
    expect(notes).toEqual(['imports are relative to "repo/proto"']);
  });

  test("finds several such folders", async () => {
    const user =
      'syntax = "proto3"; import "base.proto"; import "more/more.proto"; message User { base.Base base = 1; more.More more = 2; }';
    const more = 'syntax = "proto3"; package more; message More {}';
    const { registry, notes } = await compiled({
      "one/base.proto": base,
      "two/more/more.proto": more,
      "one/user.proto": user,
    });
    expect([...registry.files].map(({ proto }) => proto.name)).toEqual(["base.proto", "more/more.proto", "user.proto"]);
    expect(notes).toEqual(['imports are relative to "one" and "two"']);
  });

  test("tells each error with its file as it was given, its line and its column", async () => {
    const wrong = 'syntax = "proto3";\nimport "gone.proto";\nimport "base.proto";\nmessage A {\n  Lost lost = 1;\n}';
    const result = await compile({ "dir/base.proto": base, "dir/a.proto": wrong });
    expect(result).toEqual({
      kind: "failed",
      errors: [
        { path: "dir/a.proto", line: 2, column: 1, message: "imported file does not exist" },
        { path: "dir/a.proto", line: 5, column: 3, message: "cannot find `Lost` in this scope" },
      ],
    });
  });

  test("heeds no configuration of whoever wrote the files", async () => {
    const result = await compile({
      "a.proto": base,
      "buf.yaml": "version: v2\ndeps: [buf.build/googleapis/googleapis]",
    });
    expect(result).toMatchObject({ errors: [{ path: "buf.yaml", message: "the path doesn't end in .proto" }] });
  });

  test.each([
    "/etc/a.proto",
    "../a.proto",
    "a/../../b.proto",
    "a//b.proto",
    "./a.proto",
    "a\0.proto",
    "a\\..\\b.proto",
    "C:/a.proto",
    `${"d/".repeat(600)}a.proto`,
    `${"n".repeat(300)}.proto`,
  ])("refuses the path %j", async (path) => {
    const result = await compile({ [path]: base });
    expect(result.kind === "failed" && result.errors[0]?.message).toMatch(/^the path /);
  });

  test("refuses more than the limits allow", async () => {
    const files = { "a.proto": base, "b.proto": base };
    const messages = async (limits: Partial<CompileLimits>) => {
      const result = await compile(files, { limits });
      return result.kind === "failed" ? result.errors.map(({ message }) => message) : [];
    };
    expect(await messages({ maxFiles: 1 })).toEqual(["there are 2 files, and 1 are the most; choose a folder inside"]);
    expect(await messages({ maxTotalBytes: base.length * 2 - 1 })).toEqual([
      `the files have ${base.length * 2} bytes, and ${base.length * 2 - 1} are the most; choose a folder inside`,
    ]);
    expect(await messages({ maxFileBytes: base.length - 1 })).toHaveLength(2);
    expect(await compile({})).toMatchObject({
      errors: [{ message: "there is no .proto file; choose a folder that has some" }],
    });
  });

  test("refuses output over the limit", async () => {
    const result = await compile({ "a.proto": base }, { limits: { maxOutputBytes: 10 } });
    expect(result).toMatchObject({ kind: "failed", errors: [{ path: "", line: 0, column: 0 }] });
  });

  test("tells two files apart that would be imported by one path", async () => {
    const user = 'syntax = "proto3"; import "base.proto"; import "user.proto";';
    const result = await compile({ "one/base.proto": base, "one/user.proto": user, "user.proto": user });
    expect(result).toMatchObject({
      errors: [
        { path: "user.proto", message: "one/user.proto is imported by the same path; leave one of the two out" },
      ],
    });
  });

  test("keeps names that objects have", async () => {
    const text =
      'syntax = "proto3"; message __proto__ { string constructor = 1; map<string, string> __proto__ = 2; } enum toString { ZERO = 0; }';
    const { registry } = await compiled({ "__proto__/constructor.proto": text });
    expect(registry.getMessage("__proto__")?.fields.map(({ name }) => name)).toEqual(["constructor", "__proto__"]);
  });

  test("kills a compiler that takes too long", async () => {
    const result = await compile({ "a.proto": base }, { limits: { timeoutMs: 1 } });
    expect(result).toMatchObject({
      errors: [{ message: "compiling took longer than 1 ms and was given up; choose fewer files" }],
    });
  });

  test("rejects when it is given up, and leaves nothing behind", async () => {
    const given = new AbortController();
    given.abort(new Error("enough"));
    await expect(compile({ "a.proto": base }, { given: given.signal })).rejects.toThrow("enough");
  });

  test("never tells where on this machine files are compiled", async () => {
    const program = join(directory, "compiler");
    await writeFile(
      program,
      '#!/bin/sh\necho "Failure: $PWD/a.proto is bad; HOME is $HOME, secrets: $SWITCHBOARD_TOKEN" >&2\nexit 3\n',
      { mode: 0o700 },
    );
    process.env.SWITCHBOARD_TOKEN = "secret";
    try {
      const result = await compile({ "a.proto": base }, { program });
      expect(result).toMatchObject({ errors: [{ message: "/files/a.proto is bad; HOME is , secrets: " }] });
    } finally {
      delete process.env.SWITCHBOARD_TOKEN;
      await rm(program);
    }
  });
});
