import type { JsonValue } from "@bufbuild/protobuf";

/** What the built-in methods are filled with: the messages, in their order, by `Service/Method`. */
export const handPicked: ReadonlyMap<string, readonly JsonValue[]> = new Map<string, readonly JsonValue[]>([
  ["Greeter/SayHello", [{ name: "Ada" }]],
  ["Greeter/Test", [{ name: "Ada" }]],
  ["ArticleService/ArticleList", [{ page: 1, pageSize: 10 }]],
  ["ArticleService/ArticleDetail", [{ pk: 100 }]],
  ["ArticleService/ArticleCreate", [{ title: "A new article", content: "Written by hand." }]],
  ["Authorize/GetGpuNum", [{ word: "hello" }]],
  ["test.demo/hellojlc", [{ name: "Ada", age: 36, number: { friend: { name: "Charles", age: 60, isActive: true } } }]],
  ["test.demo/TestClientRecvStream", [{ data: "tick" }]],
  ["test.demo/TestClientSendStream", [{ data: "one" }, { data: "two" }, { data: "three" }]],
  ["test.demo/TestTwoWayStream", [{ data: "hello" }]],
  ["example.TestService/method", [{ request1: "java-request1", request2: "anything" }]],
  ["grpc.health.v1.Health/Check", [{ service: "" }]],
  ["grpc.health.v1.Health/Watch", [{ service: "" }]],
  ["grpc.reflection.v1.ServerReflection/ServerReflectionInfo", [{ listServices: "" }]],
]);
