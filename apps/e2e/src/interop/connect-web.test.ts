import type { DescService } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { ArticleService } from "@switchboard/proto/gen/article_pb.js";
import { Authorize } from "@switchboard/proto/gen/authorize_pb.js";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../testing/start-server.ts";

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ flags: ["--gpu-count", "24"] });
});

afterAll(() => server[Symbol.asyncDispose]());

type CreateTransport = typeof createConnectTransport | typeof createGrpcWebTransport;

const transports: readonly [name: string, create: CreateTransport, useBinaryFormat: boolean][] = [
  ["Connect with JSON", createConnectTransport, false],
  ["Connect with binary messages", createConnectTransport, true],
  ["gRPC-Web with binary messages", createGrpcWebTransport, true],
  ["gRPC-Web with JSON", createGrpcWebTransport, false],
];

/** The error of a call that is to fail. */
async function failure(answer: Promise<unknown>): Promise<ConnectError> {
  return answer.then(
    () => Promise.reject(new Error("the call succeeded")),
    (error) => ConnectError.from(error),
  );
}

describe.each(transports)("%s", (_, createTransport, useBinaryFormat) => {
  function clientOf<Service extends DescService>(service: Service): Client<Service> {
    const transport: Transport = createTransport({ baseUrl: server.url, useBinaryFormat });
    return createClient(service, transport);
  }

  test("answers unary calls", async () => {
    expect(await clientOf(Greeter).sayHello({ name: "Ada" })).toMatchObject({ message: "Hello, Ada!" });
    expect(await clientOf(Authorize).getGpuNum({ word: "hi" })).toMatchObject({ count: 24 });
    expect(await clientOf(demo).hellojlc({ name: "jlc", age: 18 })).toMatchObject({
      result: "my name is jlc, i am 18 years old",
    });
    expect(await clientOf(ArticleService).articleDetail({ pk: 101 })).toMatchObject({
      article: { id: 101, title: "11", content: "22", createTime: "2030-10-10 00:00:00" },
    });
  });

  test("gives headers and trailers with the answer", async () => {
    let contentType: string | null = null;
    let trailers: Headers | undefined;
    await clientOf(Greeter).sayHello(
      {},
      {
        onHeader: (headers) => {
          contentType = headers.get("content-type");
        },
        onTrailer: (trailer) => {
          trailers = trailer;
        },
      },
    );
    expect(contentType).toMatch(useBinaryFormat ? /proto$/ : /json$/);
    expect(trailers).toBeInstanceOf(Headers);
  });

  test("gives the details of an error", async () => {
    const error = await failure(clientOf(ArticleService).articleList({ page: -1, pageSize: -1 }));
    expect(error.code).toBe(Code.InvalidArgument);
    const [badRequest] = error.findDetails(BadRequestSchema);
    expect(badRequest?.fieldViolations.map(({ field }) => field)).toEqual(["page", "page_size"]);
  });

  test("reads a server stream, which ends at the server when its signal is aborted", async () => {
    const abort = new AbortController();
    const data = crypto.randomUUID();
    const received: string[] = [];
    const ended = logged(/"method":"\/test\.demo\/TestClientRecvStream".*"status":"CANCELLED"/g);
    let endedBefore = 0;
    const reading = (async () => {
      const stream = clientOf(demo).testClientRecvStream({ data }, { signal: abort.signal });
      for await (const { result } of stream) {
        received.push(result);
        if (received.length === 2) {
          endedBefore = ended();
          abort.abort();
        }
      }
    })();
    expect((await failure(reading)).code).toBe(Code.Canceled);
    expect(received).toEqual([`send 1 ${data}`, `send 2 ${data}`]);
    await expect.poll(ended, { timeout: 1000 }).toBe(endedBefore + 1);
  });

  test("ends a server stream with the server's status", async () => {
    const reading = (async () => {
      for await (const _ of clientOf(demo).testClientRecvStream({ data: "close" })) {
        expect.unreachable();
      }
    })();
    expect(await failure(reading)).toMatchObject({ code: Code.Canceled, isWireError: true });
  });

  test("ends a server stream at its deadline", async () => {
    const reading = (async () => {
      for await (const _ of clientOf(demo).testClientRecvStream({ data: "x" }, { timeoutMs: 300 })) {
        // The first message comes at once, the second after the deadline.
      }
    })();
    expect((await failure(reading)).code).toBe(Code.DeadlineExceeded);
  });
});

/** A function that counts the lines of the server's log that a pattern fits. */
function logged(pattern: RegExp): () => number {
  return () => server.log().match(pattern)?.length ?? 0;
}

describe.each([
  ["JSON", false],
  ["binary messages", true],
] as const)("Connect by GET with %s", (_, useBinaryFormat) => {
  function createGetTransport(requests: string[]): Transport {
    return createConnectTransport({
      baseUrl: server.url,
      useBinaryFormat,
      useHttpGet: true,
      fetch(input, init) {
        requests.push(`${init?.method} ${new URL(String(input)).pathname}`);
        return fetch(input, init);
      },
    });
  }

  test("asks for what has no side effects", async () => {
    const requests: string[] = [];
    const client = createClient(Greeter, createGetTransport(requests));
    expect(await client.sayHello({ name: "阿达 &?" })).toMatchObject({ message: "Hello, 阿达 &?!" });
    expect(requests).toEqual(["GET /Greeter/SayHello"]);
  });

  test("gives the details of an error", async () => {
    const requests: string[] = [];
    const error = await failure(createClient(ArticleService, createGetTransport(requests)).articleDetail({ pk: -1 }));
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.findDetails(BadRequestSchema)[0]?.fieldViolations).toMatchObject([{ field: "pk" }]);
    expect(requests).toEqual(["GET /ArticleService/ArticleDetail"]);
  });

  test("posts what has side effects", async () => {
    const requests: string[] = [];
    const client = createClient(ArticleService, createGetTransport(requests));
    const { article } = await client.articleCreate({ title: "By connect-web", content: "posted" });
    expect(article).toMatchObject({ title: "By connect-web" });
    expect(requests).toEqual(["POST /ArticleService/ArticleCreate"]);
  });
});
