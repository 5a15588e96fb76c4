import type { Case } from "../../calls/case.ts";
import { assertAnswerOf } from "../../calls/cases/load-case.ts";
import type { H2load } from "../../calls/h2load.ts";
import { unpacedMessages } from "../../calls/workloads.ts";
import type { Contender } from "../gateway-subjects.ts";

/** What the case is called where a target names it. */
export const forwardedStreamName = "server stream of small messages, carried";

const messages = 10_000;
const load = { connections: 4, streams: 1, warmUpMs: 2_000, durationMs: 4_000 };

/** Creates the case of long answers over HTTP/1.1: each call is a stream of small messages, carried from the product's engine. */
export function createForwardedStreamCase(h2load: H2load, contenders: readonly Contender[]): Case {
  return {
    name: "stream",
    title: `gRPC-Web over 4 HTTP/1.1 connections, ${messages} messages a call, carried from the engine without a pace`,
    subjects: contenders.map(({ subject }) => subject),
    maxRounds: 3,
    async measure(server) {
      const prefix = contenders.find(({ subject }) => subject === server.subject)?.prefix ?? "";
      const stream = unpacedMessages("grpc-web", messages);
      const workload = { ...stream, path: prefix + stream.path };
      await assertAnswerOf(server, "http1", workload);
      const rate = await h2load.saturate({ origin: server.origin, transport: "http1", workload }, load);
      return [{ what: forwardedStreamName, unit: "messages/s", value: rate * messages }];
    },
  };
}
