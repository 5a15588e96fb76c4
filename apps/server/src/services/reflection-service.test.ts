import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createFileRegistry, fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, createClient, createRouterTransport } from "@connectrpc/connect";
import {
  ServerReflection,
  type ServerReflectionRequestSchema,
  type ServerReflectionResponse,
} from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import { ServerReflection as ServerReflectionV1Alpha } from "@switchboard/proto/gen/grpc/reflection/v1alpha/reflection_pb.js";
import { describe, expect, test } from "vitest";
import { createDescriptorFiles } from "../schema/descriptor-files.ts";
import { createReflectionServices } from "./reflection-service.ts";

const set = await readFile(fileURLToPath(import.meta.resolve("@switchboard/proto/gen/descriptors.binpb")));
const files = createDescriptorFiles(set);
const services = ["Greeter", "test.demo"];
const implementations = createReflectionServices({ files, services });
const transport = createRouterTransport(({ service }) => {
  service(ServerReflection, implementations.v1);
  service(ServerReflectionV1Alpha, implementations.v1alpha);
});

type Question = MessageInitShape<typeof ServerReflectionRequestSchema>["messageRequest"];

/** Asks all of these on one stream. */
async function ask(...questions: Question[]): Promise<ServerReflectionResponse["messageResponse"][]> {
  async function* requests() {
    for (const messageRequest of questions) {
      yield { host: "h", messageRequest };
    }
  }
  const answers = await Array.fromAsync(createClient(ServerReflection, transport).serverReflectionInfo(requests()));
  return answers.map(({ messageResponse }) => messageResponse);
}

function fileNames(answer: ServerReflectionResponse["messageResponse"] | undefined): string[] {
  return answer?.case === "fileDescriptorResponse"
    ? answer.value.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name)
    : [];
}

describe("createReflectionServices()", () => {
  test("lists the services", async () => {
    const [answer] = await ask({ case: "listServices", value: "*" });
    expect(answer?.value).toMatchObject({ service: [{ name: "Greeter" }, { name: "test.demo" }] });
  });

  test("answers a file with the bytes that the compiler wrote", async () => {
    const [answer] = await ask({ case: "fileByFilename", value: "greeter.proto" });
    const sent = answer?.case === "fileDescriptorResponse" ? answer.value.fileDescriptorProto : [];
    expect(sent).toHaveLength(1);
    expect(sent.every((bytes) => set.includes(bytes))).toBe(true);
  });

  test.each([
    "test.demo",
    "test.demo.hellojlc",
    "test.hellojlcReq",
    "test.hellojlcReq.hellojlcReqNumberValue",
    "test.hellojlcReq.name",
  ])("finds the file that declares %s", async (symbol) => {
    const [answer] = await ask({ case: "fileContainingSymbol", value: symbol });
    expect(fileNames(answer)).toEqual(["demo.proto"]);
  });

  test("sends imports along, well-known types too, and each once in a stream", async () => {
    const answers = await ask(
      { case: "fileContainingSymbol", value: "google.rpc.RetryInfo" },
      { case: "fileContainingSymbol", value: "google.rpc.RetryInfo" },
      { case: "fileByFilename", value: "google/protobuf/duration.proto" },
    );
    expect(answers.map(fileNames)).toEqual([
      ["google/rpc/error_details.proto", "google/protobuf/duration.proto"],
      ["google/rpc/error_details.proto"],
      ["google/protobuf/duration.proto"],
    ]);
  });

  test("answers what it doesn't know with an error, and goes on", async () => {
    const answers = await ask(
      { case: "fileByFilename", value: "none.proto" },
      { case: "fileContainingSymbol", value: "test.none" },
      { case: "fileContainingExtension", value: { containingType: "HelloRequest", extensionNumber: 1 } },
      { case: "allExtensionNumbersOfType", value: "test.none" },
      { case: undefined },
      { case: "allExtensionNumbersOfType", value: "HelloRequest" },
    );
    expect(answers).toMatchObject([
      { case: "errorResponse", value: { errorCode: Code.NotFound } },
      { case: "errorResponse", value: { errorCode: Code.NotFound } },
      { case: "errorResponse", value: { errorCode: Code.NotFound } },
      { case: "errorResponse", value: { errorCode: Code.NotFound } },
      { case: "errorResponse", value: { errorCode: Code.InvalidArgument } },
      { case: "allExtensionNumbersResponse", value: { baseTypeName: "HelloRequest", extensionNumber: [] } },
    ]);
  });

  test("repeats the request and its host, in v1alpha as well", async () => {
    const request = { host: "h", messageRequest: { case: "fileByFilename" as const, value: "greeter.proto" } };
    async function* requests() {
      yield request;
    }
    const client = createClient(ServerReflectionV1Alpha, transport);
    const [answer] = await Array.fromAsync(client.serverReflectionInfo(requests()));
    expect(answer).toMatchObject({ validHost: "h", originalRequest: request });
    expect(answer?.messageResponse.case).toBe("fileDescriptorResponse");
  });

  test("sends enough to build the schema of every listed service", async () => {
    for (const service of services) {
      const [answer] = await ask({ case: "fileContainingSymbol", value: service });
      const sent = answer?.case === "fileDescriptorResponse" ? answer.value.fileDescriptorProto : [];
      const protos = sent.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
      const [first] = protos;
      const registry = first && createFileRegistry(first, (name) => protos.find((proto) => proto.name === name));
      expect(registry?.getService(service)?.typeName).toBe(service);
    }
  });
});
