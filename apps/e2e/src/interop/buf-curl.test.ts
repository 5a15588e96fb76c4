import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../testing/start-server.ts";

const BUF = fileURLToPath(new URL("../../../../node_modules/.bin/buf", import.meta.url));

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ flags: ["--gpu-count", "24"] });
});

afterAll(() => server[Symbol.asyncDispose]());

/** Runs `buf curl`, which asks the server for the schema; answers its lines. */
async function bufCurl(path: string, ...flags: string[]): Promise<string[]> {
  const url = server.url.replace(/\/$/, path);
  const { stdout } = await promisify(execFile)(BUF, ["curl", "--http2-prior-knowledge", ...flags, url], {
    timeout: 20_000,
  });
  return stdout.trim().split("\n");
}

/** The messages that a call answers. */
async function call(protocol: string, path: string, ...messages: object[]): Promise<unknown[]> {
  const data = messages.map((message) => JSON.stringify(message)).join("");
  const lines = await bufCurl(path, "--protocol", protocol, "--data", data);
  // Each message is printed over several lines and ends with a brace at the margin.
  return lines
    .join("\n")
    .split(/(?<=^\})\n/m)
    .map((text) => JSON.parse(text));
}

describe("reflection", () => {
  test("lists every service", async () => {
    expect(await bufCurl("/", "--list-services")).toEqual(
      expect.arrayContaining([
        "ArticleService",
        "Authorize",
        "Greeter",
        "example.TestService",
        "grpc.health.v1.Health",
        "test.demo",
      ]),
    );
  });

  test("lists every method of the five services", async () => {
    expect(await bufCurl("/", "--list-methods")).toEqual(
      expect.arrayContaining([
        "ArticleService/ArticleCreate",
        "ArticleService/ArticleDetail",
        "ArticleService/ArticleList",
        "Authorize/GetGpuNum",
        "Greeter/SayHello",
        "Greeter/Test",
        "example.TestService/method",
        "test.demo/TestClientRecvStream",
        "test.demo/TestClientSendStream",
        "test.demo/TestTwoWayStream",
        "test.demo/hellojlc",
      ]),
    );
  });
});

describe.each(["connect", "grpc", "grpcweb"])("over %s", (protocol) => {
  test("calls unary methods", async () => {
    expect(await call(protocol, "/Greeter/SayHello", { name: "ada" })).toEqual([{ message: "Hello, ada!" }]);
    expect(await call(protocol, "/Authorize/GetGpuNum", {})).toEqual([{ count: 24 }]);
    expect(await call(protocol, "/example.TestService/method", {})).toEqual([{ result1: "f1", result2: "fn1" }]);
    expect(await call(protocol, "/test.demo/hellojlc", { name: "jlc", age: 18 })).toEqual([
      { result: "my name is jlc, i am 18 years old" },
    ]);
    expect(await call(protocol, "/ArticleService/ArticleDetail", { pk: 101 })).toEqual([
      { article: { id: 101, title: "11", content: "22", createTime: "2030-10-10 00:00:00" } },
    ]);
  });

  test("calls a client stream", async () => {
    const messages = Array.from({ length: 11 }, (_, n) => ({ data: String(n) }));
    expect(await call(protocol, "/test.demo/TestClientSendStream", ...messages)).toEqual([{ result: "ok" }]);
  });

  test("calls a bidirectional stream", async () => {
    expect(await call(protocol, "/test.demo/TestTwoWayStream", { data: "a" }, { data: "b" })).toEqual([
      { result: "service send client a" },
      { result: "service send client b" },
    ]);
  });

  test("calls a server stream, which the server ends with CANCELLED", async () => {
    const refused = call(protocol, "/test.demo/TestClientRecvStream", { data: "close" });
    await expect(refused).rejects.toMatchObject({ stderr: expect.stringContaining('"code": "canceled"') });
  });

  test("reads the first message of a server stream", async () => {
    const url = server.url.replace(/\/$/, "/test.demo/TestClientRecvStream");
    const flags = ["curl", "--http2-prior-knowledge", "--protocol", protocol, "--data", '{"data":"x"}', url];
    const controller = new AbortController();
    const running = execFile(BUF, flags, { signal: controller.signal });
    running.on("error", () => undefined);
    let output = "";
    for await (const chunk of running.stdout ?? []) {
      output += chunk;
      if (output.includes("}")) {
        break;
      }
    }
    controller.abort();
    expect(JSON.parse(output)).toEqual({ result: "send 1 x" });
  });
});
