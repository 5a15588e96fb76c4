import { create, createFileRegistry, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FileDescriptorProtoSchema as FileSchema,
} from "@bufbuild/protobuf/wkt";
import { Code, type ConnectRouter } from "@connectrpc/connect";
import {
  ServerReflection,
  type ServerReflectionRequest,
  type ServerReflectionResponseSchema,
} from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";

/** A file of a schema, as an object of its descriptor's fields. */
export type FileInit = MessageInitShape<typeof FileDescriptorProtoSchema>;

/** What a server tells of itself. */
export interface ToldSchema {
  readonly files: readonly FileInit[];
  /** The services that it lists, whether it has them or not. */
  readonly services: readonly string[];
}

/** Adds reflection to a server. What it tells is asked for at each question. */
export function tellSchema(router: ConnectRouter, told: () => ToldSchema): void {
  router.service(ServerReflection, {
    async *serverReflectionInfo(requests) {
      for await (const { messageRequest } of requests) {
        yield { messageResponse: answer(messageRequest, told()) };
      }
    },
  });
}

type Question = ServerReflectionRequest["messageRequest"];
type Answer = MessageInitShape<typeof ServerReflectionResponseSchema>["messageResponse"];

/** Every answer about a symbol has all files, as a server's may. */
function answer(question: Question, { files, services }: ToldSchema): Answer {
  if (question.case === "listServices") {
    return { case: "listServicesResponse", value: { service: services.map((name) => ({ name })) } };
  }
  const set = create(FileDescriptorSetSchema, { file: [...files] });
  const isKnown = createFileRegistry(set).getService(String(question.value)) !== undefined;
  return isKnown
    ? {
        case: "fileDescriptorResponse",
        value: { fileDescriptorProto: set.file.map((file) => toBinary(FileSchema, file)) },
      }
    : { case: "errorResponse", value: { errorCode: Code.NotFound, errorMessage: `no ${question.value}` } };
}
