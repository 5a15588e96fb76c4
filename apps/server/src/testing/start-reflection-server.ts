import type { Transport } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { ServerReflection } from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import { ServerReflection as ServerReflectionV1Alpha } from "@switchboard/proto/gen/grpc/reflection/v1alpha/reflection_pb.js";
import { createDescriptorFiles } from "../schema/descriptor-files.ts";
import { serializeDescriptorSet } from "../schema/serialize-descriptor-set.ts";
import { answerReflection, type ReflectionAnswer, type ReflectionQuestion } from "../services/reflection-answer.ts";
import { type FileInit, fileBytes } from "./schema-fixtures.ts";
import { startEngineServer } from "./start-engine-server.ts";

/** A question with a text, which are all that are asked. */
export type TextQuestion = Extract<ReflectionQuestion, { value: string }>;

/**
 * Decides what a server answers to a question: an answer, `"end"` for the end of the stream, or `"flood"` for answers without
 * end. Throwing ends the stream with that error.
 */
export type Script = (
  question: TextQuestion,
  context: { readonly stream: number },
) => ReflectionAnswer | "end" | "flood" | Promise<ReflectionAnswer>;

/** A script that tells the truth. */
export interface HonestScript {
  (question: TextQuestion): ReflectionAnswer;
  answer(question: TextQuestion, options?: { readonly withImports: boolean }): ReflectionAnswer;
}

/** Makes a script of the files that a server has and the services that it lists. */
export function honest(inits: readonly FileInit[], services: readonly string[]): HonestScript {
  const files = createDescriptorFiles(serializeDescriptorSet(inits.map(fileBytes)));
  const answer: HonestScript["answer"] = (question, { withImports } = { withImports: true }) => {
    const found = answerReflection(question, { files, services }, new Set());
    if (!withImports && found.case === "fileDescriptorResponse") {
      found.value.fileDescriptorProto.length = 1;
    }
    return found;
  };
  return Object.assign((question: TextQuestion) => answer(question), { answer });
}

/** A server whose reflection follows scripts. */
export interface ReflectionServer extends AsyncDisposable {
  readonly transport: Transport;
  /** Each question with its version and the number of its stream. */
  readonly log: string[];
}

/** Starts a gRPC server on a port of its own; a version without a script isn't there. Its disposal closes both ends. */
export async function startReflectionServer(scripts: { v1?: Script; v1alpha?: Script }): Promise<ReflectionServer> {
  const log: string[] = [];
  let streams = 0;
  function implement(version: "v1" | "v1alpha", script: Script) {
    return async function* serverReflectionInfo(requests: AsyncIterable<{ messageRequest: ReflectionQuestion }>) {
      const stream = ++streams;
      for await (const { messageRequest } of requests) {
        const question = messageRequest as TextQuestion;
        log.push(`${version} #${stream} ${question.case} ${question.value}`);
        const messageResponse = await script(question, { stream });
        if (messageResponse === "end") {
          return;
        }
        while (messageResponse === "flood") {
          yield { messageResponse: { case: "listServicesResponse" as const, value: { service: [] } } };
        }
        yield { messageResponse };
      }
    };
  }
  const server = await startEngineServer((router) => {
    if (scripts.v1 !== undefined) {
      router.service(ServerReflection, { serverReflectionInfo: implement("v1", scripts.v1) });
    }
    if (scripts.v1alpha !== undefined) {
      router.service(ServerReflectionV1Alpha, { serverReflectionInfo: implement("v1alpha", scripts.v1alpha) });
    }
  });
  const baseUrl = `http://${server.host}:${server.port}`;
  const sessionManager = new Http2SessionManager(baseUrl);
  return {
    transport: createGrpcTransport({ baseUrl, sessionManager }),
    log,
    async [Symbol.asyncDispose]() {
      sessionManager.abort();
      await server[Symbol.asyncDispose]();
    },
  };
}
