import { create, toBinary } from "@bufbuild/protobuf";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import {
  ArticleListRequestSchema,
  type ArticleListResponse,
  ArticleListResponseSchema,
} from "@switchboard/proto/gen/article_pb.js";
import {
  TestClientRecvStreamRequestSchema,
  TestClientRecvStreamResponseSchema,
  TestTwoWayStreamRequestSchema,
  TestTwoWayStreamResponseSchema,
} from "@switchboard/proto/gen/demo_pb.js";
import { HelloReplySchema, HelloRequestSchema } from "@switchboard/proto/gen/greeter_pb.js";
import { streamText } from "./subjects/unpaced-stream.ts";

/** What the request and its answer are written in. `connect` is the Connect protocol's unary JSON. */
export type Protocol = "grpc" | "grpc-web" | "connect";

/** One call that is made again and again, and the only right answer to it. */
export interface Workload {
  readonly protocol: Protocol;
  readonly path: string;
  readonly contentType: string;
  /** The body of the request. */
  readonly body: Uint8Array;
  /** The body of the answer; in gRPC-Web, the part before its trailers. */
  readonly answer: Uint8Array;
}

const contentTypes: Readonly<Record<Protocol, string>> = {
  grpc: "application/grpc+proto",
  "grpc-web": "application/grpc-web+proto",
  connect: "application/json",
};

const greetPath = "/Greeter/SayHello";
const twoWayPath = "/test.demo/TestTwoWayStream";
const smallName = "ada";
const smallData = "ada";

/** A greeting that is as small as calls get. */
export function smallGreeting(protocol: "grpc" | "grpc-web"): Workload {
  return greeting(protocol, smallName);
}

/** A greeting of a long name, which comes back in the answer. */
export function longGreeting(protocol: "grpc" | "grpc-web", bytes: number): Workload {
  return greeting(protocol, "x".repeat(bytes));
}

function greeting(protocol: "grpc" | "grpc-web", name: string): Workload {
  const request = toBinary(HelloRequestSchema, create(HelloRequestSchema, { name }));
  const answer = toBinary(HelloReplySchema, create(HelloReplySchema, { message: `Hello, ${name}!` }));
  return enveloped(protocol, greetPath, [request], [answer]);
}

/** The small greeting as JSON. */
export function jsonGreeting(): Workload {
  return {
    protocol: "connect",
    path: greetPath,
    contentType: contentTypes.connect,
    body: Buffer.from(JSON.stringify({ name: smallName })),
    answer: Buffer.from(JSON.stringify({ message: `Hello, ${smallName}!` })),
  };
}

/** A stream of small messages, all sent at once, each of which is answered by a small message. */
export function smallMessages(count: number): Workload {
  const request = toBinary(TestTwoWayStreamRequestSchema, create(TestTwoWayStreamRequestSchema, { data: smallData }));
  const result = `service send client ${smallData}`;
  const answer = toBinary(TestTwoWayStreamResponseSchema, create(TestTwoWayStreamResponseSchema, { result }));
  return enveloped("grpc", twoWayPath, Array(count).fill(request), Array(count).fill(answer));
}

/** A stream of small messages, for which a subject needs no more than to be asked. */
export function unpacedMessages(protocol: "grpc" | "grpc-web", count: number): Workload {
  const request = create(TestClientRecvStreamRequestSchema, { data: String(count) });
  const answer = toBinary(
    TestClientRecvStreamResponseSchema,
    create(TestClientRecvStreamResponseSchema, { result: streamText }),
  );
  const bytes = toBinary(TestClientRecvStreamRequestSchema, request);
  return enveloped(protocol, "/test.demo/TestClientRecvStream", [bytes], Array(count).fill(answer));
}

/** The first page of the articles. */
export function articlePage(page: ArticleListResponse): Workload {
  const request = toBinary(ArticleListRequestSchema, create(ArticleListRequestSchema));
  return enveloped("grpc", "/ArticleService/ArticleList", [request], [toBinary(ArticleListResponseSchema, page)]);
}

function enveloped(
  protocol: "grpc" | "grpc-web",
  path: string,
  requests: readonly Uint8Array[],
  answers: readonly Uint8Array[],
): Workload {
  const join = (messages: readonly Uint8Array[]) =>
    Buffer.concat(messages.map((message) => encodeEnvelope(0, message)));
  return { protocol, path, contentType: contentTypes[protocol], body: join(requests), answer: join(answers) };
}
