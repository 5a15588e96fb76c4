import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { SchemaService, Source_Kind } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { replaceFile } from "../gateway/targets/replace-file.ts";
import { createLogger } from "../log/create-logger.ts";
import { createCompiler } from "../schema/compile/create-compiler.ts";
import { readDescriptorSet } from "../schema/compile/read-descriptor-set.ts";
import { createSchemaStore } from "../schema/schema-store.ts";
import { serializeDescriptorSet } from "../schema/serialize-descriptor-set.ts";
import type { SchemaTarget } from "../schema/store/read-source.ts";
import { createSourceFolder } from "../schema/store/source-folder.ts";
import { fileBytes, serviceInit } from "../testing/schema-fixtures.ts";
import {
  honest,
  type ReflectionServer,
  type Script,
  startReflectionServer,
} from "../testing/start-reflection-server.ts";
import { createSchemaService } from "./schema-service.ts";

const target = "Local.1";
const first = { name: "a.proto", messageType: [{ name: "A" }], service: [serviceInit("S", ".A")] };
const added = { name: "b.proto", messageType: [{ name: "B" }], service: [serviceInit("T", ".B")] };
const descriptors = serializeDescriptorSet([fileBytes(added)]);

let directory: string;
let server: ReflectionServer;
let script: Script;
let cleanup: AsyncDisposableStack;
let known: SchemaTarget;

beforeEach(async () => {
  cleanup = new AsyncDisposableStack();
  directory = await mkdtemp(join(tmpdir(), "schemas-test-"));
  cleanup.defer(() => rm(directory, { recursive: true }));
  script = honest([first], ["S"]);
  server = cleanup.use(await startReflectionServer({ v1: (question, context) => script(question, context) }));
  known = { identity: {}, openReflection: async () => ({ transport: server.transport, duplex: "full" }) };
});

afterEach(() => cleanup.disposeAsync());

/** The service as a server has it that has just started. */
function start() {
  const folder = createSourceFolder({ directory: join(directory, "schemas"), replaceFile });
  const store = cleanup.use(createSchemaStore({ folder, now: () => 1_000 }));
  const service = createSchemaService({
    store,
    findTarget: (name) => (name === target ? known : undefined),
    compile: createCompiler(),
    readDescriptors: (bytes) => readDescriptorSet(bytes, 1_000_000),
    now: () => 0,
    log: createLogger("silent"),
  });
  return createClient(
    SchemaService,
    createRouterTransport((router) => router.service(SchemaService, service)),
  );
}

/** How often the target was asked for its services. */
function askings(): number {
  return server.log.filter((line) => line.includes("listServices")).length;
}

describe("SchemaService.GetSchema", () => {
  test("answers what the target tells", async () => {
    const response = await start().getSchema({ target });
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, response.descriptors ?? new Uint8Array()));
    expect(registry.getService("S")).toBeDefined();
    expect(response).toMatchObject({
      services: [{ name: "S", sourceId: "reflection", problem: "" }],
      sources: [{ id: "reflection", kind: Source_Kind.REFLECTION, version: "v1", fileCount: 1, problem: "" }],
      sourceIdByFile: { "a.proto": "reflection" },
      createTime: { seconds: 1n },
    });
  });

  test("leaves the descriptors out where the caller has them", async () => {
    const client = start();
    const { revision } = await client.getSchema({ target });
    const same = await client.getSchema({ target, knownRevision: revision });
    expect([same.revision, same.descriptors]).toEqual([revision, undefined]);
    expect((await client.getSchema({ target, knownRevision: "other" })).descriptors).toBeDefined();
  });

  test("asks the target once for all who ask, and again for a refresh", async () => {
    const client = start();
    await Promise.all([client.getSchema({ target }), client.getSchema({ target })]);
    await client.getSchema({ target });
    expect(askings()).toBe(1);
    script = honest([first, added], ["S", "T"]);
    expect((await client.getSchema({ target, refresh: true })).services.map(({ name }) => name)).toEqual(["S", "T"]);
    expect(askings()).toBe(2);
  });

  test("asks again where the target's settings have changed", async () => {
    const client = start();
    await client.getSchema({ target });
    known = { ...known, identity: {} };
    await client.getSchema({ target });
    expect(askings()).toBe(2);
  });

  test("tells why a target can't be asked, and asks again at the next call", async () => {
    const client = start();
    const { openReflection } = known;
    known = {
      ...known,
      openReflection: () => Promise.reject(new ConnectError("connection refused", Code.Unavailable)),
    };
    expect(await client.getSchema({ target })).toMatchObject({
      services: [],
      sources: [{ problem: "connection refused", version: "" }],
    });
    known = { ...known, openReflection };
    expect(await client.getSchema({ target })).toMatchObject({ sources: [{ problem: "", version: "v1" }] });
  });

  test("lets one caller go without the others", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const truth = honest([first], ["S"]);
    script = async (question) => {
      await promise;
      return truth(question);
    };
    const client = start();
    const leaving = new AbortController();
    const [left, stayed] = [client.getSchema({ target }, { signal: leaving.signal }), client.getSchema({ target })];
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: Code.Canceled });
    resolve();
    expect((await stayed).services).toHaveLength(1);
  });

  test("answers NOT_FOUND for a target that isn't there", async () => {
    await expect(start().getSchema({ target: "../other" })).rejects.toMatchObject({ code: Code.NotFound });
  });

  test("keeps a file named __proto__ in the response", async () => {
    script = honest([{ ...first, name: "__proto__" }], ["S"]);
    const response = await start().getSchema({ target });
    expect(response.sources[0]?.fileCount).toBe(1);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("SchemaService.AddSource", () => {
  test("adds descriptors behind the others, which a new start still has", async () => {
    const { source } = await start().addSource({
      target,
      label: "b.binpb",
      content: { case: "descriptors", value: descriptors },
    });
    expect(source).toMatchObject({ kind: Source_Kind.DESCRIPTORS, label: "b.binpb", fileCount: 1, problem: "" });
    const { services, sources } = await start().getSchema({ target });
    expect(services.map(({ name, sourceId }) => [name, sourceId])).toEqual([
      ["S", "reflection"],
      ["T", source?.id],
    ]);
    expect(sources.map(({ id }) => id)).toEqual(["reflection", source?.id]);
  });

  test("adds what it compiles, and mends by it what the target lacks", async () => {
    script = honest([], ["S"]);
    const client = start();
    const before = await client.getSchema({ target });
    expect(before.services[0]?.problem).toContain("cannot call S: the target lists it, but doesn't describe it");
    const content = Buffer.from('syntax = "proto3"; message A {} service S { rpc Call(A) returns (A); }');
    const files = [{ path: "dir/a.proto", content }];
    const { source } = await client.addSource({
      target,
      label: "dir",
      content: { case: "protoFiles", value: { files } },
    });
    const after = await client.getSchema({ target });
    expect(after.services).toMatchObject([{ name: "S", sourceId: source?.id, problem: "" }]);
    expect(after.revision).not.toBe(before.revision);
    expect(askings()).toBe(1);
  });

  test("answers errors with their places, and adds nothing", async () => {
    const client = start();
    const files = [{ path: "a.proto", content: Buffer.from('syntax = "proto3";\nmessage A { B b = 1; }') }];
    const response = await client.addSource({ target, content: { case: "protoFiles", value: { files } } });
    expect(response.source).toBeUndefined();
    expect(response).toMatchObject({ errors: [{ path: "a.proto", line: 2, column: 13 }] });
    expect((await client.getSchema({ target })).sources).toHaveLength(1);
  });

  test("refuses a request without content", async () => {
    await expect(start().addSource({ target })).rejects.toMatchObject({ code: Code.InvalidArgument });
  });

  test("keeps files for their owner alone, under names that every file system tells apart", async () => {
    await start().addSource({ target, content: { case: "descriptors", value: descriptors } });
    const folder = join(directory, "schemas", "%4cocal%2e1");
    const names = (await readdir(folder)).sort();
    expect(names).toEqual([expect.stringMatching(/^descriptors-[0-9a-f]{12}\.binpb$/), "sources.json"]);
    const modes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mode & 0o777));
    expect(modes).toEqual([0o600, 0o600]);
  });
});

describe("SchemaService.ArrangeSources", () => {
  test("changes whose symbols are taken, drops what is left out, and has reflection back", async () => {
    const client = start();
    const other = { ...first, messageType: [{ name: "A", field: [{ name: "f", number: 1, type: 9 }] }] };
    const value = serializeDescriptorSet([fileBytes(other)]);
    const { source } = await client.addSource({ target, content: { case: "descriptors", value } });
    const id = source?.id ?? "";
    const owner = async () => (await client.getSchema({ target })).services[0]?.sourceId;
    expect(await owner()).toBe("reflection");
    await client.arrangeSources({ target, sourceIds: [id, "reflection"] });
    expect(await owner()).toBe(id);
    await client.arrangeSources({ target, sourceIds: [] });
    expect((await client.getSchema({ target })).services).toEqual([]);
    expect(await readdir(join(directory, "schemas", "%4cocal%2e1"))).toEqual(["sources.json"]);
    await client.arrangeSources({ target, sourceIds: ["reflection"] });
    expect(await owner()).toBe("reflection");
  });

  test("refuses a source that isn't there", async () => {
    await expect(start().arrangeSources({ target, sourceIds: ["x"] })).rejects.toMatchObject({ code: Code.NotFound });
  });

  test("leaves a broken list as it is, and says which", async () => {
    await start().addSource({ target, content: { case: "descriptors", value: descriptors } });
    const path = join(directory, "schemas", "%4cocal%2e1", "sources.json");
    await writeFile(path, '{"version":1,"sources":[{"id":"../../x","kind":"descriptors","label":"","notes":[]}]}');
    const error = await start().getSchema({ target }).catch(ConnectError.from);
    expect(error).toMatchObject({ code: Code.FailedPrecondition });
    expect(String(error)).toContain("mend schemas/%4cocal%2e1/sources.json in the data directory");
    expect(await readFile(path, "utf8")).toContain("../../x");
  });

  test("says that a source's file has gone", async () => {
    const { source } = await start().addSource({ target, content: { case: "descriptors", value: descriptors } });
    await rm(join(directory, "schemas", "%4cocal%2e1", `${source?.id}.binpb`));
    expect((await start().getSchema({ target })).sources[1]?.problem).toContain("missing or broken; add it again");
  });
});
