import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import {
  Target_Origin as Origin,
  TestTargetResponse_State as State,
  Wire,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { describe, expect, it } from "vitest";
import { parseAllowPattern } from "../address/allow-pattern.ts";
import type { Wire as WireName } from "../gateway/gateway-target.ts";
import { openSavedTargets, targetsFileName } from "../gateway/targets/saved-targets.ts";
import { startTargetService } from "../testing/start-target-service.ts";
import { testCertificate } from "../testing/test-certificate.ts";
import type { TestFault, TestNews } from "./stage-report.ts";

const shop = { name: "shop", address: "https://shop.example" };

/** The error that a call ends with. */
async function errorOf(call: Promise<unknown>): Promise<ConnectError> {
  const error = await call.then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof ConnectError)) {
    throw new Error("the call went well");
  }
  return error;
}

/** What is wrong with a request, by the paths of its fields. */
async function violationsOf(call: Promise<unknown>): Promise<Record<string, string>> {
  const error = await errorOf(call);
  expect(error.code).toBe(Code.InvalidArgument);
  const [detail] = error.findDetails(BadRequestSchema);
  return Object.fromEntries((detail?.fieldViolations ?? []).map((each) => [each.field, each.description]));
}

describe("ListTargets", () => {
  it("answers local, those of the command line and saved ones, in their order", async () => {
    await using service = await startTargetService();
    await service.client.saveTarget({ target: shop });
    const { targets, canAdd } = await service.client.listTargets({});
    expect(targets.map(({ name, origin, address }) => ({ name, origin, address }))).toEqual([
      { name: "local", origin: Origin.BUILT_IN, address: "" },
      { name: "fixed", origin: Origin.COMMAND_LINE, address: "https://a.example" },
      { name: "shop", origin: Origin.SAVED, address: "https://shop.example" },
    ]);
    expect(canAdd).toBe(true);
  });

  it("never tells the values of metadata", async () => {
    await using service = await startTargetService();
    const held = [{ name: "Authorization", value: "Bearer s3cret" }];
    const { target } = await service.client.saveTarget({
      target: { ...shop, metadata: held, reflectionMetadata: held },
    });
    const { targets } = await service.client.listTargets({});
    for (const each of [target, targets[2]]) {
      expect(each?.metadata).toMatchObject([{ name: "authorization" }]);
      expect(each?.metadata[0]?.value).toBeUndefined();
      expect(each?.reflectionMetadata[0]?.value).toBeUndefined();
    }
    expect(service.logged.join("")).not.toContain("s3cret");
  });

  it("takes up edits of the file, and keeps what stood where they are broken", async () => {
    await using service = await startTargetService();
    const path = join(service.folder, targetsFileName);
    await writeFile(path, JSON.stringify({ version: 1, targets: [shop] }));
    const names = async () => (await service.client.listTargets({})).targets.map(({ name }) => name);
    expect(await names()).toEqual(["local", "fixed", "shop"]);
    await writeFile(path, '{"version": 1, "targets": [');
    expect(await names()).toEqual(["local", "fixed", "shop"]);
    expect(service.logged.join("")).toContain("line 1, column 28: this is not JSON");
  });

  it("has the target of the command line where a saved one has its name", async () => {
    await using service = await startTargetService();
    const targets = [{ ...shop, name: "fixed" }];
    await writeFile(join(service.folder, targetsFileName), JSON.stringify({ version: 1, targets }));
    const [, fixed, more] = (await service.client.listTargets({})).targets;
    expect(fixed).toMatchObject({ name: "fixed", origin: Origin.COMMAND_LINE });
    expect(more).toBeUndefined();
  });
});

describe("SaveTarget", () => {
  it("keeps every setting", async () => {
    await using service = await startTargetService();
    await writeFile(join(service.folder, "tls", "ca.pem"), testCertificate.cert);
    await writeFile(join(service.folder, "tls", "key.pem"), testCertificate.key, { mode: 0o600 });
    const target = {
      ...shop,
      tls: { caFile: "ca.pem", certificateFile: "ca.pem", keyFile: "key.pem", serverName: "shop", insecure: true },
      defaultDeadline: { seconds: 1n, nanos: 500_000_000 },
      maxMessageBytes: 7,
      keepalive: { seconds: 30n, nanos: 0 },
    };
    await service.client.saveTarget({ target });
    const [, , listed] = (await service.client.listTargets({})).targets;
    expect(listed).toMatchObject(target);
    expect(service.targets.settings()[1]).toMatchObject({ defaultDeadlineMs: 1_500, keepaliveMs: 30_000 });
  });

  it("changes and renames a target in its place", async () => {
    await using service = await startTargetService();
    await service.client.saveTarget({ target: shop });
    await service.client.saveTarget({ target: { ...shop, name: "other" } });
    await service.client.saveTarget({ target: { ...shop, name: "store" }, previousName: "shop" });
    expect(service.targets.names()).toEqual(["local", "fixed", "store", "other"]);
    await service.client.removeTarget({ name: "store" });
    expect(service.schemaChanges).toEqual(["shop removed", "other removed", "shop to store", "store removed"]);
  });

  it("keeps the values that are left out, each by its name and turn", async () => {
    await using service = await startTargetService();
    const field = (value?: string) => ({ name: "x-key", ...(value === undefined ? {} : { value }) });
    await service.client.saveTarget({
      target: { ...shop, metadata: [field("1"), field("2")], reflectionMetadata: [field("r")] },
    });
    await service.client.saveTarget({
      target: { ...shop, name: "renamed", metadata: [field("new"), field()], reflectionMetadata: [field()] },
      previousName: "shop",
    });
    expect(service.targets.settings()[1]).toMatchObject({
      metadata: [
        { name: "x-key", value: "new" },
        { name: "x-key", value: "2" },
      ],
      reflectionMetadata: [{ name: "x-key", value: "r" }],
    });
  });

  it.each([
    ["to another place", { address: "https://evil.example" }],
    ["to another port", { address: "https://shop.example:444" }],
    ["in plain text", { address: "h2c://shop.example:443" }],
    ["to anybody", { tls: { insecure: true } }],
    ["to whoever has another name", { tls: { serverName: "evil.example" } }],
  ])("sends no value that the caller doesn't know %s", async (_name, change) => {
    await using service = await startTargetService();
    await service.client.saveTarget({ target: { ...shop, metadata: [{ name: "x-key", value: "1" }] } });
    const changed = { ...shop, metadata: [{ name: "x-key" }], ...change };
    const request = { target: changed, previousName: "shop" };
    const violations = {
      "target.metadata[0].value": "is left out, and what is held is for the target as it was; give it",
    };
    expect(await violationsOf(service.client.saveTarget(request))).toEqual(violations);
    expect(await violationsOf(Array.fromAsync(service.client.testTarget(request)))).toEqual(violations);
    expect(service.tested).toEqual([]);
  });

  it("tells all that is wrong with a target at once, by field", async () => {
    await using service = await startTargetService();
    const target = {
      name: "a/b",
      address: "ftp://x",
      metadata: [{ name: "grpc-status", value: "1" }],
      keepalive: { seconds: 0n, nanos: 1 },
    };
    const violations = await violationsOf(service.client.saveTarget({ target }));
    expect(Object.keys(violations)).toEqual([
      "target.name",
      "target.address",
      "target.metadata[0]",
      "target.keepalive",
    ]);
    expect(violations["target.metadata[0]"]).toContain('"grpc-status" begins with grpc-');
  });

  it.each([
    ["missing", undefined, "is missing"],
    [
      "without a value that nobody holds",
      { ...shop, metadata: [{ name: "x-key" }] },
      "nothing is held under this name",
    ],
  ])("refuses a target that is %s", async (_name, target, text) => {
    await using service = await startTargetService();
    const violations = await violationsOf(service.client.saveTarget(target === undefined ? {} : { target }));
    expect(Object.values(violations).join()).toContain(text);
  });

  it("refuses files of TLS that can't be used now, by field, without a path of this machine", async () => {
    await using service = await startTargetService();
    const save = (tls: object) => violationsOf(service.client.saveTarget({ target: { ...shop, tls } }));
    const pair = { certificateFile: "no.pem", keyFile: "../key.pem" };
    expect(await save({ caFile: "ca.pem" })).toEqual({
      "target.tls.ca_file": 'the TLS file "ca.pem" is not there; put it into the folder tls of the data directory',
    });
    const violations = await save(pair);
    expect(Object.keys(violations)).toHaveLength(1);
    expect(JSON.stringify(violations)).not.toContain(service.folder);
  });

  it("never tells what a file of TLS holds", async () => {
    await using service = await startTargetService();
    await writeFile(join(service.folder, "tls", "secret"), "s3cret", { mode: 0o600 });
    const tls = { caFile: "secret" };
    expect(JSON.stringify(await violationsOf(service.client.saveTarget({ target: { ...shop, tls } })))).not.toContain(
      "s3cret",
    );
  });

  it.each([
    ["this server's own services", "local", Code.InvalidArgument],
    ["a target of the command line", "fixed", Code.AlreadyExists],
    ["another saved target", "shop", Code.AlreadyExists],
  ])("refuses the name of %s", async (_name, name, code) => {
    await using service = await startTargetService();
    await service.client.saveTarget({ target: shop });
    expect((await errorOf(service.client.saveTarget({ target: { ...shop, name } }))).code).toBe(code);
  });

  it.each([
    ["one that comes from the command line", "fixed", Code.FailedPrecondition],
    ["this server itself", "local", Code.FailedPrecondition],
    ["one that is not there", "gone", Code.NotFound],
  ])("refuses to change or remove %s", async (_name, name, code) => {
    await using service = await startTargetService();
    const save = service.client.saveTarget({ target: shop, previousName: name });
    expect((await errorOf(save)).code).toBe(code);
    expect((await errorOf(service.client.removeTarget({ name }))).code).toBe(code);
  });

  it("refuses the hundred and first target", async () => {
    await using service = await startTargetService();
    const targets = Array.from({ length: 100 }, (_, i) => ({ ...shop, name: `t${i}` }));
    await writeFile(join(service.folder, targetsFileName), JSON.stringify({ version: 1, targets }));
    const error = await errorOf(service.client.saveTarget({ target: shop }));
    expect(error).toMatchObject({ code: Code.ResourceExhausted, rawMessage: expect.stringContaining("100 targets") });
  });

  it("refuses what the policy forbids", async () => {
    const allowed = parseAllowPattern("*.example.com:443");
    if (allowed === undefined) {
      throw new Error("the pattern is refused");
    }
    await using open = await startTargetService();
    const itself = { ...shop, address: "h2c://127.0.0.1:8080" };
    expect((await errorOf(open.client.saveTarget({ target: itself }))).code).toBe(Code.FailedPrecondition);

    await using beyond = await startTargetService(undefined, { listensBeyondLoopback: true, allowTarget: [allowed] });
    expect((await errorOf(beyond.client.saveTarget({ target: shop }))).code).toBe(Code.PermissionDenied);
    await beyond.client.saveTarget({ target: { ...shop, address: "https://a.example.com" } });

    await using closed = await startTargetService(undefined, { listensBeyondLoopback: true });
    expect((await closed.client.listTargets({})).canAdd).toBe(false);
    expect((await errorOf(closed.client.saveTarget({ target: shop }))).code).toBe(Code.PermissionDenied);
  });

  it("refuses to write over a broken file, and goes on with what stood before", async () => {
    await using service = await startTargetService();
    const path = join(service.folder, targetsFileName);
    await service.client.saveTarget({ target: shop });
    await writeFile(path, "oops");
    const error = await errorOf(service.client.saveTarget({ target: { ...shop, name: "b" } }));
    expect(error.code).toBe(Code.FailedPrecondition);
    expect(error.rawMessage).toContain("targets.json in the data directory is broken: line 1, column 1");
    expect(error.rawMessage).not.toContain(service.folder);
    expect(await readFile(path, "utf8")).toBe("oops");
    expect(service.targets.names()).toEqual(["local", "fixed", "shop"]);
  });

  it("keeps it to the log why the file can't be written", async () => {
    await using service = await startTargetService();
    await mkdir(join(service.folder, targetsFileName));
    const error = await errorOf(service.client.saveTarget({ target: shop }));
    expect(error).toMatchObject({
      code: Code.Internal,
      rawMessage: expect.stringContaining("the server's log says why"),
    });
    expect(service.logged.join("")).toContain("EISDIR");
  });

  it("holds back a flood of changes", async () => {
    await using service = await startTargetService();
    for (let i = 0; i < 120; i++) {
      await errorOf(service.client.removeTarget({ name: "gone" }));
    }
    expect((await errorOf(service.client.removeTarget({ name: "gone" }))).code).toBe(Code.ResourceExhausted);
  });
});

describe("RemoveTarget", () => {
  it("removes a target for good", async () => {
    await using service = await startTargetService();
    await service.client.saveTarget({ target: shop });
    await service.client.removeTarget({ name: "shop" });
    expect(service.targets.names()).toEqual(["local", "fixed"]);
    expect((await openSavedTargets(service.folder)).current()).toEqual([]);
  });
});

describe("TestTarget", () => {
  const grpc: ReadonlySet<WireName> = new Set(["grpc"]);
  const passed: TestNews = { stage: "protocols", state: "passed", finding: "gRPC", wires: grpc };

  it("tells the news of the test", async () => {
    const fault: TestFault = { kind: "refused", message: "nobody listens there", parameters: { address: "a" } };
    const news: TestNews[] = [
      { stage: "policy", state: "running" },
      { stage: "resolve", state: "skipped" },
      { stage: "connect", state: "failed", fault },
    ];
    await using service = await startTargetService(() => news);
    const told = await Array.fromAsync(service.client.testTarget({ target: shop }));
    expect(told.map(({ state }) => state)).toEqual([State.RUNNING, State.SKIPPED, State.FAILED]);
    expect(told[2]?.fault).toMatchObject(fault);
  });

  it("stands in with the values that are held", async () => {
    await using service = await startTargetService();
    await service.client.saveTarget({ target: { ...shop, metadata: [{ name: "x-key", value: "1" }] } });
    const target = { ...shop, metadata: [{ name: "x-key" }] };
    await Array.fromAsync(service.client.testTarget({ target, previousName: "shop" }));
    expect(service.tested).toMatchObject([{ origin: "saved", metadata: [{ name: "x-key", value: "1" }] }]);
  });

  it("remembers what a saved target speaks, and no draft of it", async () => {
    await using service = await startTargetService(() => [passed]);
    await service.client.saveTarget({ target: shop });
    const wires = async () => (await service.client.listTargets({})).targets[2]?.wires;
    await Array.fromAsync(service.client.testTarget({ target: { ...shop, address: "https://b.example" } }));
    expect(await wires()).toEqual([]);
    await Array.fromAsync(service.client.testTarget({ target: shop, previousName: "shop" }));
    expect(await wires()).toEqual([Wire.GRPC]);
  });

  it("remembers what a draft speaks once it is saved as it was tested", async () => {
    await using service = await startTargetService(() => [passed]);
    await Array.fromAsync(service.client.testTarget({ target: { ...shop, name: "draft" } }));
    const { target } = await service.client.saveTarget({ target: shop });
    expect(target?.wires).toEqual([Wire.GRPC]);
    const other = { name: "other", address: "https://b.example" };
    expect((await service.client.saveTarget({ target: other })).target?.wires).toEqual([]);
  });

  it("refuses one test too many at a time, and takes another when one is over", async () => {
    const held = Promise.withResolvers<void>();
    await using service = await startTargetService(async function* () {
      await held.promise;
      yield passed;
    });
    const test = () => Array.fromAsync(service.client.testTarget({ target: shop }));
    const running = Array.from({ length: 8 }, test);
    await expect.poll(() => service.tested.length).toBe(8);
    expect(await errorOf(test())).toMatchObject({ code: Code.ResourceExhausted });
    held.resolve();
    await Promise.all(running);
    expect(await test()).toHaveLength(1);
  });

  it("tests a target of the command line by the operator's word, unless it was changed", async () => {
    await using service = await startTargetService();
    const [, fixed] = (await service.client.listTargets({})).targets;
    if (fixed === undefined) {
      throw new Error("there is no such target");
    }
    const changed = { ...fixed, address: "https://b.example" };
    for (const target of [fixed, changed]) {
      await Array.fromAsync(service.client.testTarget({ target, previousName: "fixed" }));
    }
    expect(service.tested.map(({ origin }) => origin)).toEqual(["command-line", "saved"]);
  });
});
