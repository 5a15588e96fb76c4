import { createServer as createHttp1Server } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { createAddressPolicy } from "../gateway/dial/address-policy.ts";
import { createDialer } from "../gateway/dial/create-dialer.ts";
import { createReadTlsFiles } from "../gateway/dial/read-tls-files.ts";
import { createTargetUpstream } from "../gateway/targets/create-remote-target.ts";
import type { TargetSettings } from "../gateway/targets/target-settings.ts";
import { startEngineServer } from "../testing/start-engine-server.ts";
import { startTestApp } from "../testing/start-test-app.ts";
import { testCertificate } from "../testing/test-certificate.ts";
import { listenForTest } from "../testing/test-listener.ts";
import { createTestSettings } from "../testing/test-settings.ts";
import { findReflection } from "./find-reflection.ts";
import type { TestNews } from "./stage-report.ts";
import { testTarget } from "./test-target.ts";

const policy = createAddressPolicy({ listensBeyondLoopback: false, allowTarget: [], ownAddress: () => undefined });
const dialer = createDialer({ policy, readTlsFiles: createReadTlsFiles("/nowhere/tls") });

/** Answers nothing, and yet sees the other side go. */
function readSilently(socket: Socket): void {
  socket.resume();
}

/** Tests a target as the product does. */
function test(settings: TargetSettings, signal = new AbortController().signal): AsyncGenerator<TestNews> {
  const openUpstream = (each: TargetSettings) => createTargetUpstream(each, dialer);
  return testTarget(settings, { openUpstream, findReflection }, signal);
}

/** The news of a whole test that are no beginnings, each as `stage state: what was found or is wrong`. */
async function newsOf(settings: TargetSettings): Promise<string[]> {
  const all = await Array.fromAsync(test(settings));
  return all.filter(({ state }) => state !== "running").map(describeNews);
}

function describeNews(news: TestNews): string {
  switch (news.state) {
    case "running":
    case "skipped":
      return `${news.stage} ${news.state}`;
    case "passed":
      return `${news.stage} passed: ${news.finding}`;
    case "failed":
      return `${news.stage} failed: ${news.fault.kind}`;
  }
}

const target = (address: string, tls = {}) =>
  createTestSettings("t", { address, tls: { ...createTestSettings("t").tls, ...tls } });

describe("testTarget()", () => {
  it("goes through every stage of a server with reflection", async () => {
    await using server = await startTestApp();
    expect(await newsOf(target(`h2c://127.0.0.1:${server.port}`))).toEqual([
      "policy passed: ",
      "resolve skipped",
      `connect passed: 127.0.0.1:${server.port}`,
      "tls skipped",
      "http passed: HTTP/2",
      "protocols passed: gRPC, gRPC-Web, Connect",
      "reflection passed: v1, 8 services",
    ]);
  });

  it("tells the address of a name and the version of TLS", async () => {
    await using server = await startTestApp({ tls: testCertificate });
    const news = await newsOf(target(`https://localhost:${server.port}`, { insecure: true }));
    expect(news.slice(0, 5)).toEqual([
      "policy passed: ",
      expect.stringMatching(/^resolve passed: .*127\.0\.0\.1/),
      `connect passed: 127.0.0.1:${server.port}`,
      "tls passed: TLSv1.3, h2",
      "http passed: HTTP/2",
    ]);
  });

  it("begins each stage before it ends, the first at once", async () => {
    await using server = await startTestApp();
    const all = await Array.fromAsync(test(target(`h2c://127.0.0.1:${server.port}`)));
    expect(all[0]).toEqual({ stage: "policy", state: "running" });
    for (const [index, { stage, state }] of all.entries()) {
      if (state === "passed") {
        expect(all[index - 1]).toEqual({ stage, state: "running" });
      }
    }
  });

  it("can do without reflection, and says what to do then", async () => {
    await using server = await startEngineServer((router) => router.service(Greeter, {}));
    const all = await Array.fromAsync(test(target(`h2c://127.0.0.1:${server.port}`)));
    expect(all.at(-1)).toMatchObject({
      stage: "reflection",
      state: "failed",
      fault: { kind: "no-reflection", message: expect.stringContaining("add its .proto files") },
    });
  });

  it("finds a server of HTTP/1.1", async () => {
    await using server = await listenForTest(createHttp1Server((_request, response) => void response.end("a page")));
    expect((await newsOf(target(`h2c://127.0.0.1:${server.port}`))).slice(4)).toEqual([
      "http passed: HTTP/1.1",
      "protocols passed: not told; gRPC-Web, Connect may work",
      "reflection failed: no-reflection",
    ]);
  });

  it("ends where the policy forbids the address, before any socket", async () => {
    expect(await newsOf(target("h2c://169.254.169.254:80"))).toEqual(["policy failed: address-forbidden"]);
  });

  it("ends where nobody listens, at the stage of connecting", async () => {
    const listener = await listenForTest(createServer());
    await listener[Symbol.asyncDispose]();
    expect(await newsOf(target(`h2c://127.0.0.1:${listener.port}`))).toEqual([
      "policy passed: ",
      "resolve skipped",
      "connect failed: refused",
    ]);
  });

  it("ends where a certificate isn't trusted, at the stage of TLS", async () => {
    await using server = await listenForTest(createTlsServer(testCertificate));
    const news = await newsOf(target(`https://localhost:${server.port}`));
    expect(news.at(-1)).toBe("tls failed: certificate-unknown-authority");
  });

  it("names a file of TLS as it was written, and no folder of this machine", async () => {
    await using server = await listenForTest(createTlsServer(testCertificate));
    const all = await Array.fromAsync(test(target(`https://localhost:${server.port}`, { caFile: "ca.pem" })));
    expect(all.at(-1)).toMatchObject({ stage: "tls", state: "failed", fault: { kind: "tls-file" } });
    expect(JSON.stringify(all)).toContain("ca.pem");
    expect(JSON.stringify(all)).not.toContain("nowhere");
  });

  it("leaves no connection behind", async () => {
    await using server = await listenForTest(
      createHttp2Server((_request, response) => {
        response.writeHead(200, { "content-type": "application/grpc", "grpc-status": "12" }).end();
      }),
    );
    await newsOf(target(`h2c://127.0.0.1:${server.port}`));
    await server.allClosed();
    expect(server.taken()).toBe(1);
  });

  it("stops when it is cancelled, and closes what it opened", async () => {
    await using server = await listenForTest(createServer(readSilently));
    const controller = new AbortController();
    const reading = (async () => {
      for await (const { stage, state } of test(target(`h2c://127.0.0.1:${server.port}`), controller.signal)) {
        if (stage === "connect" && state === "passed") {
          controller.abort(new Error("no longer wanted"));
        }
      }
    })();
    await expect(reading).rejects.toThrow("no longer wanted");
    await server.allClosed();
    expect(server.taken()).toBe(1);
  });

  it("stops when nobody reads it any more", async () => {
    await using server = await listenForTest(createServer(readSilently));
    for await (const { stage, state } of test(target(`h2c://127.0.0.1:${server.port}`))) {
      if (stage === "connect" && state === "passed") {
        break;
      }
    }
    await server.allClosed();
    expect(server.taken()).toBe(1);
  });
});
