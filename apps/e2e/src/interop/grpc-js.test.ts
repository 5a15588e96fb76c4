import { fromBinary } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { type ServiceError, status } from "@grpc/grpc-js";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { StatusSchema } from "@switchboard/proto/gen/google/rpc/status_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../testing/start-server.ts";
import { createGrpcJsPeer, type GrpcJsPeer } from "./grpc-js-peer.ts";

let server: RunningServer;
let peer: GrpcJsPeer;

beforeAll(async () => {
  server = await startServer({ flags: ["--gpu-count", "24"] });
  peer = createGrpcJsPeer(new URL(server.url).host);
});

afterAll(async () => {
  peer[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

/** The error of a call that is to fail. */
async function failure(answer: Promise<unknown>): Promise<ServiceError> {
  return answer.then(
    () => Promise.reject(new Error("the call succeeded")),
    (error: ServiceError) => error,
  );
}

/** The fields that the error's `google.rpc.BadRequest` names. */
function violatedFields(error: ServiceError): string[] {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  const { details } = fromBinary(StatusSchema, Buffer.from(bytes ?? ""));
  return details
    .map((detail) => anyUnpack(detail, BadRequestSchema))
    .flatMap((badRequest) => badRequest?.fieldViolations.map(({ field }) => field) ?? []);
}

const FIRST_ARTICLES = [
  { id: 100, title: "xx", content: "yy", create_time: "2030-10-10 00:00:00" },
  { id: 101, title: "11", content: "22", create_time: "2030-10-10 00:00:00" },
];

describe("unary", () => {
  test.each([
    ["Greeter/SayHello", { name: "ada" }, { message: "Hello, ada!" }],
    ["Greeter/SayHello", {}, { message: "Hello, world!" }],
    ["Greeter/Test", { name: "ada" }, { message: "Test ok: ada" }],
    ["ArticleService/ArticleList", {}, { articles: FIRST_ARTICLES }],
    ["ArticleService/ArticleList", { page: 2, page_size: 1 }, { articles: FIRST_ARTICLES.slice(1) }],
    ["ArticleService/ArticleList", { page: 3 }, { articles: [] }],
    ["ArticleService/ArticleDetail", { pk: 100 }, { article: FIRST_ARTICLES[0] }],
    ["Authorize/GetGpuNum", { word: "hi" }, { count: 24 }],
    ["test.demo/hellojlc", { name: "jlc", age: 18 }, { result: "my name is jlc, i am 18 years old" }],
    [
      "test.demo/hellojlc",
      { name: "jlc", age: -1, number: { one: { name: "n", age: 1, is_active: true } } },
      { result: "my name is jlc, i am -1 years old" },
    ],
    [
      "example.TestService/method",
      { request1: "java-request1" },
      { result1: "res1-java-client->py-server", result2: "res1-java-client->py-server" },
    ],
    ["example.TestService/method", { request2: "x" }, { result1: "f1", result2: "fn1" }],
  ])("%s answers %j exactly", async (method, request, answer) => {
    expect(await peer.unary(method, request)).toEqual(answer);
  });

  test("an unknown pk is NOT_FOUND and named", async () => {
    const error = await failure(peer.unary("ArticleService/ArticleDetail", { pk: 7_654_321 }));
    expect(error).toMatchObject({ code: status.NOT_FOUND, details: expect.stringContaining("7654321") });
  });

  test.each([
    ["ArticleService/ArticleList", { page: -1, page_size: -1 }, ["page", "page_size"]],
    ["ArticleService/ArticleList", { page_size: 101 }, ["page_size"]],
    ["ArticleService/ArticleDetail", { pk: -1 }, ["pk"]],
  ])("%s with %j is INVALID_ARGUMENT with the fields in a detail", async (method, request, fields) => {
    const error = await failure(peer.unary(method, request));
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(violatedFields(error)).toEqual(fields);
  });
});

describe("TestClientRecvStream", () => {
  test("sends one message a second, the first at once, and stops when the client cancels", async () => {
    const stream = peer.serverStream("test.demo/TestClientRecvStream", { data: "x" });
    const received: unknown[] = [];
    const times: number[] = [];
    const error = await new Promise<ServiceError>((resolve) => {
      stream.on("data", (message) => {
        received.push(message);
        times.push(performance.now());
        if (received.length === 3) {
          stream.cancel();
        }
      });
      stream.on("error", resolve);
    });
    expect(error.code).toBe(status.CANCELLED);
    expect(received).toEqual([{ result: "send 1 x" }, { result: "send 2 x" }, { result: "send 3 x" }]);
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1900);
    await expect
      .poll(() => server.log(), { timeout: 1000 })
      .toMatch(/"method":"\/test\.demo\/TestClientRecvStream".*"status":"CANCELLED"/);
  });

  test("ends with CANCELLED before anything is sent when the data is close", async () => {
    const stream = peer.serverStream("test.demo/TestClientRecvStream", { data: "close" });
    expect((await failure(stream.toArray())).code).toBe(status.CANCELLED);
  });
});

describe("TestClientSendStream", () => {
  test("answers at the half-close", async () => {
    const { stream, answer } = peer.clientStream("test.demo/TestClientSendStream");
    stream.write({ data: "1" });
    stream.end();
    expect(await answer).toEqual({ result: "ok" });
  });

  test("answers at the eleventh message of a stream that stays open", async () => {
    const { stream, answer } = peer.clientStream("test.demo/TestClientSendStream");
    for (let n = 0; n < 11; n++) {
      stream.write({ data: String(n) });
    }
    expect(await answer).toEqual({ result: "ok" });
  });
});

describe("TestTwoWayStream", () => {
  test("answers each message before the next is sent", async () => {
    const stream = peer.bidi("test.demo/TestTwoWayStream");
    const answers = stream[Symbol.asyncIterator]();
    for (const data of ["a", "b", "你好"]) {
      stream.write({ data });
      expect((await answers.next()).value).toEqual({ result: `service send client ${data}` });
    }
    stream.end();
    expect((await answers.next()).done).toBe(true);
  });
});
