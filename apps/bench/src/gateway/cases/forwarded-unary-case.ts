import type { Case } from "../../calls/case.ts";
import { assertAnswerOf } from "../../calls/cases/load-case.ts";
import type { H2load, Load } from "../../calls/h2load.ts";
import type { Subject } from "../../calls/subject.ts";
import { smallGreeting } from "../../calls/workloads.ts";
import type { Contender } from "../gateway-subjects.ts";

/** What the case is called where a target names it. */
export const forwardedUnaryName = "unary, small, 256 in flight";

const time = { warmUpMs: 1_500, durationMs: 2_000 };
const overHttp1: Load = { connections: 256, streams: 1, ...time };
const overHttp2: Load = { connections: 8, streams: 32, ...time };

/**
 * Creates the case of small unary calls: gRPC-Web over HTTP/1.1 connections that are kept alive, carried to a bare gRPC server,
 * beside native calls of that server.
 */
export function createForwardedUnaryCase(h2load: H2load, contenders: readonly Contender[], direct: Subject): Case {
  return {
    name: "unary",
    title: "gRPC-Web over 256 HTTP/1.1 connections, carried to a bare node:http2 server; directly it is gRPC over 8",
    subjects: [...contenders.map(({ subject }) => subject), direct],
    async measure(server) {
      const contender = contenders.find(({ subject }) => subject === server.subject);
      const transport = contender === undefined ? "h2c" : "http1";
      const greeting = smallGreeting(contender === undefined ? "grpc" : "grpc-web");
      const workload = { ...greeting, path: (contender?.prefix ?? "") + greeting.path };
      await assertAnswerOf(server, transport, workload);
      const load = contender === undefined ? overHttp2 : overHttp1;
      const rate = await h2load.saturate({ origin: server.origin, transport, workload }, load);
      return [{ what: forwardedUnaryName, unit: "calls/s", value: rate }];
    },
  };
}
