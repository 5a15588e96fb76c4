import { once } from "node:events";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { create, createFileRegistry, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FileDescriptorProtoSchema as FileSchema,
} from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
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

/** A gRPC server in this process, in plain text, that has reflection and nothing else. */
export interface ReflectingServer extends AsyncDisposable {
  /** HOST:PORT. */
  readonly host: string;
  /** What it tells from now on. */
  told: ToldSchema;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startReflectingServer(told: ToldSchema): Promise<ReflectingServer> {
  const server: { told: ToldSchema } = { told };
  const handler = connectNodeAdapter({
    routes: ({ service }) => {
      service(ServerReflection, {
        async *serverReflectionInfo(requests) {
          for await (const { messageRequest } of requests) {
            yield { messageResponse: answer(messageRequest, server.told) };
          }
        },
      });
    },
  });
  const listener = createServer(handler);
  const sessions = new Set<{ destroy(): void }>();
  listener.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo; // A server on a port has no other kind of address.
  return Object.assign(server, {
    host: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) {
        session.destroy();
      }
      listener.close();
      await once(listener, "close");
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
