import { createServer, type IncomingHttpHeaders } from "node:http2";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { Health } from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { ServerReflection } from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import { SchemaService } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { TargetService } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { describe, expect, it } from "vitest";
import { startEngineServer } from "./testing/start-engine-server.ts";
import { startTestApp, type TestApp } from "./testing/start-test-app.ts";
import { listenForTest } from "./testing/test-listener.ts";
import { openWebSocket } from "./testing/websocket-client.ts";

type CreateTransport = (baseUrl: string) => Transport;

const carriers: readonly (readonly [string, CreateTransport])[] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC-Web over HTTP/1.1", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["gRPC-Web over HTTP/2", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "2" })],
  ["Connect over HTTP/1.1", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
];

/** The client by which the page changes targets. */
function adminOf({ port }: TestApp) {
  return createClient(
    TargetService,
    createConnectTransport({ baseUrl: `http://127.0.0.1:${port}`, httpVersion: "1.1" }),
  );
}

function addressOf({ port }: { readonly port: number }): string {
  return `h2c://127.0.0.1:${port}`;
}

describe.each(carriers)("a call by %s", (_name, createTransport) => {
  it("reaches a target of the command line", async () => {
    await using other = await startTestApp();
    await using server = await startTestApp({ flags: ["--target", `other=${addressOf(other)}`] });
    const client = createClient(Greeter, createTransport(`${server.baseUrl}/gateway/other`));
    expect((await client.sayHello({ name: "far" })).message).toBe("Hello, far!");
    expect(await other.logged({ method: "/Greeter/SayHello" })).toMatchObject({ status: "OK" });
  });

  it("reaches a target that was added a moment ago, until it is removed", async () => {
    await using other = await startTestApp();
    await using server = await startTestApp();
    await adminOf(server).saveTarget({ target: { name: "other", address: addressOf(other) } });
    const client = createClient(Greeter, createTransport(`${server.baseUrl}/gateway/other`));
    expect((await client.sayHello({ name: "far" })).message).toBe("Hello, far!");
    await adminOf(server).removeTarget({ name: "other" });
    await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.NotFound });
  });
});

describe("a call by WebSocket", () => {
  it("streams both ways with a target", async () => {
    await using other = await startTestApp();
    await using server = await startTestApp({ flags: ["--target", `other=${addressOf(other)}`] });
    await using socket = await openWebSocket(server.baseUrl, "/gateway/other/test.demo/TestTwoWayStream");
    socket.open();
    socket.sendJson({ data: "a" });
    expect(await socket.nextBlock("headers")).toBeInstanceOf(Headers);
    expect(await socket.nextJson()).toBeDefined();
    socket.sendFrame({ kind: "halfClose" });
    expect((await socket.ended()).trailer.get("grpc-status")).toBe("0");
  });
});

describe("a proxy", () => {
  it.each([
    ["an address", (address: string) => ["--proxy", address]],
    ["a target's name", (address: string) => ["--target", `behind=${address}`, "--proxy", "behind"]],
  ])("that is %s takes what nothing here implements, and nothing else", async (_name, flagsOf) => {
    await using behind = await startEngineServer((router) => {
      router.service(Greeter, { sayHello: () => ({ message: "from behind" }) });
      router.service(Health, { check: () => ({ status: 2 }) });
      router.rpc(TargetService.method.removeTarget, () => ({}));
    });
    await using server = await startTestApp({ flags: flagsOf(addressOf(behind)) });
    const transport = createGrpcTransport({ baseUrl: server.baseUrl });
    expect((await createClient(Greeter, transport).sayHello({ name: "a" })).message).toBe("Hello, a!");
    expect((await createClient(Health, transport).check({})).status).toBe(1);
    const path = "/nobody.Has/This";
    const response = await fetch(`${server.baseUrl}${path}`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(await response.json()).toEqual({
      code: "unimplemented",
      message: `${path} is not implemented: this server has no such method`,
    });
    const [, target] = (await adminOf(server).listTargets({})).targets;
    expect(target).toMatchObject({ address: addressOf(behind) });
  });
});

describe("a target's settings", () => {
  /** A server of gRPC that notes which connection each call came on. */
  async function startNoted() {
    const calls: { readonly connection: unknown; readonly headers: IncomingHttpHeaders }[] = [];
    const server = createServer((request, response) => {
      calls.push({ connection: request.stream.session, headers: request.headers });
      response.writeHead(200, { "content-type": "application/grpc", "grpc-status": "12" }).end();
    });
    return { calls, listener: await listenForTest(server) };
  }

  const greet = (server: TestApp, target: string) =>
    createClient(Greeter, createGrpcTransport({ baseUrl: `${server.baseUrl}/gateway/${target}` }))
      .sayHello({}, { headers: { authorization: "Bearer caller's" } })
      .catch((error: unknown) => error);

  it("are those of its calls: no two credentials share a connection, and the old one closes", async () => {
    const { calls, listener } = await startNoted();
    await using noted = listener;
    await using server = await startTestApp();
    const admin = adminOf(server);
    const save = (name: string, token: string, previousName = "") =>
      admin.saveTarget({
        target: { name, address: addressOf(noted), metadata: [{ name: "authorization", value: `Bearer ${token}` }] },
        previousName,
      });
    await save("a", "1");
    await save("b", "2");
    await greet(server, "a");
    await greet(server, "b");
    await save("a", "3", "a");
    await greet(server, "a");
    const made = calls.filter(({ headers }) => headers[":path"] === "/Greeter/SayHello");
    expect(made.map(({ headers }) => headers.authorization)).toEqual(["Bearer 1", "Bearer 2", "Bearer 3"]);
    expect(new Set(made.map(({ connection }) => connection)).size).toBe(3);
    await admin.removeTarget({ name: "a" });
    await admin.removeTarget({ name: "b" });
    await noted.allClosed();
  });

  it("that are changed leave running calls to their ends", async () => {
    await using other = await startTestApp();
    await using server = await startTestApp();
    const admin = adminOf(server);
    await admin.saveTarget({ target: { name: "other", address: addressOf(other) } });
    const client = createClient(demo, createGrpcTransport({ baseUrl: `${server.baseUrl}/gateway/other` }));
    const changed = Promise.withResolvers<void>();
    const results: string[] = [];
    async function* words() {
      yield { data: "before" };
      await changed.promise;
      yield { data: "after" };
    }
    for await (const { result } of client.testTwoWayStream(words())) {
      results.push(result);
      if (results.length === 1) {
        await admin.removeTarget({ name: "other" });
        changed.resolve();
      }
    }
    expect(results).toHaveLength(2);
  });

  it("never reach the log", async () => {
    const { listener } = await startNoted();
    await using noted = listener;
    await using server = await startTestApp();
    const metadata = [{ name: "authorization", value: "Bearer s3cret" }];
    await adminOf(server).saveTarget({ target: { name: "a", address: addressOf(noted), metadata } });
    await greet(server, "a");
    await Array.fromAsync(
      adminOf(server).testTarget({
        target: { name: "a", address: addressOf(noted), metadata: [{ name: "authorization" }] },
        previousName: "a",
      }),
    );
    expect(JSON.stringify(server.log)).not.toContain("s3cret");
  });
});

describe("a server that stops", () => {
  it.each(carriers.slice(0, 3))(
    "ends a running call by %s to a target with UNAVAILABLE",
    async (_name, createTransport) => {
      await using other = await startTestApp();
      await using server = await startTestApp({
        flags: ["--target", `other=${addressOf(other)}`, "--shutdown-grace", "50ms"],
      });
      const client = createClient(demo, createTransport(`${server.baseUrl}/gateway/other`));
      const reading = (async () => {
        for await (const _message of client.testClientRecvStream({ data: "x" })) {
          void server.app.drain();
        }
      })();
      await expect(reading).rejects.toMatchObject({ code: Code.Unavailable });
      expect((await other.logged({ method: "/test.demo/TestClientRecvStream" })).status).toBe("CANCELLED");
    },
  );
});

describe("the address of the server itself", () => {
  it.each(["127.0.0.1", "localhost", "2130706433", "0.0.0.0", "[::ffff:127.0.0.1]"])(
    "is never dialled, also as %s",
    async (host) => {
      await using server = await startTestApp();
      const target = { name: "me", address: `h2c://${host}:${server.port}` };
      const told = await Array.fromAsync(adminOf(server).testTarget({ target })).then(
        (all) => all.at(-1)?.fault?.kind,
        (error: unknown) => ConnectError.from(error).code,
      );
      expect(told).toBe("dials-itself");
    },
  );

  it("is refused to a call by FAILED_PRECONDITION", async () => {
    await using server = await startTestApp();
    await adminOf(server).saveTarget({ target: { name: "me", address: `h2c://localhost:${server.port}` } });
    const baseUrl = `${server.baseUrl}/gateway/me`;
    const client = createClient(Greeter, createGrpcWebTransport({ baseUrl, httpVersion: "1.1" }));
    await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.FailedPrecondition });
  });
});

describe("a server that others can reach", () => {
  const flags = ["--listen", "0.0.0.0:0", "--token", "t"];
  const headers = { authorization: "Bearer t" };

  async function canAdd(server: TestApp): Promise<boolean> {
    return (await adminOf(server).listTargets({}, { headers })).canAdd;
  }

  it("takes no targets in the page, unless they are allowed", async () => {
    await using other = await startTestApp();
    const target = { name: "other", address: addressOf(other) };
    await using closed = await startTestApp({ flags });
    expect(await canAdd(closed)).toBe(false);
    await expect(adminOf(closed).saveTarget({ target }, { headers })).rejects.toMatchObject({
      code: Code.PermissionDenied,
    });

    await using open = await startTestApp({ flags: [...flags, "--allow-target", `127.0.0.1:${other.port}`] });
    expect(await canAdd(open)).toBe(true);
    await adminOf(open).saveTarget({ target }, { headers });
  });

  it("asks for the token before it tells of its targets", async () => {
    await using server = await startTestApp({ flags });
    await expect(adminOf(server).listTargets({})).rejects.toMatchObject({ code: Code.Unauthenticated });
  });
});

describe("the schema of a target", () => {
  const schemaOf = ({ port }: TestApp) =>
    createClient(SchemaService, createConnectTransport({ baseUrl: `http://127.0.0.1:${port}`, httpVersion: "1.1" }));

  it("is that of its reflection, by its metadata for that", async () => {
    await using other = await startTestApp({ flags: ["--token", "s3cret"] });
    await using server = await startTestApp();
    const target = { name: "other", address: addressOf(other) };
    await adminOf(server).saveTarget({ target });
    const refused = await schemaOf(server).getSchema({ target: "other" });
    expect(refused.sources[0]?.problem).toContain("credentials");
    const reflectionMetadata = [{ name: "authorization", value: "Bearer s3cret" }];
    await adminOf(server).saveTarget({ target: { ...target, reflectionMetadata }, previousName: "other" });
    const { services, sources } = await schemaOf(server).getSchema({ target: "other" });
    expect(services.map(({ name }) => name)).toContain("test.demo");
    expect(sources).toMatchObject([{ version: "v1", problem: "" }]);
  });

  it("is that of this server for local, also where calls need a token", async () => {
    await using server = await startTestApp({ flags: ["--token", "s3cret"] });
    const options = { headers: { authorization: "Bearer s3cret" } };
    const { services } = await schemaOf(server).getSchema({ target: "local" }, options);
    expect(services.map(({ name }) => name)).toContain("Greeter");
  });

  it("keeps its files where its target is renamed, and loses them with it", async () => {
    await using server = await startTestApp();
    const address = "h2c://127.0.0.1:1";
    await adminOf(server).saveTarget({ target: { name: "a", address } });
    const content = new TextEncoder().encode('syntax = "proto3"; service Added {}');
    const protoFiles = { files: [{ path: "added.proto", content }] };
    const added = await schemaOf(server).addSource({
      target: "a",
      label: "added",
      content: { case: "protoFiles", value: protoFiles },
    });
    expect(added.errors).toEqual([]);
    const labels = async (target: string) => (await schemaOf(server).getSchema({ target })).sources.map((s) => s.label);
    await adminOf(server).saveTarget({ target: { name: "b", address }, previousName: "a" });
    expect(await labels("b")).toContain("added");
    await adminOf(server).removeTarget({ name: "b" });
    await adminOf(server).saveTarget({ target: { name: "b", address } });
    expect(await labels("b")).not.toContain("added");
  });
});

describe("the page's own services", () => {
  it("are no services of local's", async () => {
    await using server = await startTestApp();
    const client = createClient(ServerReflection, createGrpcTransport({ baseUrl: server.baseUrl }));
    async function* ask() {
      yield { messageRequest: { case: "listServices" as const, value: "" } };
    }
    for await (const { messageResponse } of client.serverReflectionInfo(ask())) {
      expect(JSON.stringify(messageResponse.value)).not.toContain("switchboard");
    }
  });
});
