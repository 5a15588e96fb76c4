import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { ServerReflection } from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import type { ServerReflection as ServerReflectionV1Alpha } from "@switchboard/proto/gen/grpc/reflection/v1alpha/reflection_pb.js";
import { answerReflection, type ReflectionQuestion, type ReflectionSubject } from "./reflection-answer.ts";
import { untilAborted } from "./until-aborted.ts";

/** Server reflection in its two versions. */
export interface ReflectionServices {
  v1: ServiceImpl<typeof ServerReflection>;
  v1alpha: ServiceImpl<typeof ServerReflectionV1Alpha>;
}

interface Request {
  host: string;
  messageRequest: ReflectionQuestion;
}

/**
 * Creates server reflection, which tells clients by the original descriptors what this server has. The two versions differ
 * in their package only. See https://github.com/grpc/grpc/blob/master/doc/server-reflection.md.
 */
export function createReflectionServices(subject: ReflectionSubject): ReflectionServices {
  async function* answerAll<R extends Request>(requests: AsyncIterable<R>, { signal }: HandlerContext) {
    const sent = new Set<string>();
    for await (const request of untilAborted(requests, signal)) {
      yield {
        validHost: request.host,
        originalRequest: request,
        messageResponse: answerReflection(request.messageRequest, subject, sent),
      };
    }
  }
  return {
    v1: { serverReflectionInfo: answerAll },
    v1alpha: { serverReflectionInfo: answerAll },
  };
}
