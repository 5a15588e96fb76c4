import type { Case } from "../../calls/case.ts";
import type { Subject } from "../../calls/subject.ts";
import { smallGreeting } from "../../calls/workloads.ts";
import { summarize } from "../../measure.ts";
import type { Contender } from "../gateway-subjects.ts";
import { makeSpacedCalls } from "../spaced-calls.ts";

/** What the case is called where a target names it. */
export const addedLatencyName = "median of a call at low load";

const pace = { pauseMs: 3, warmUp: 300, count: 700 };

/** Creates the case of latency at low load: a call at a time, so that nothing waits for another call. */
export function createAddedLatencyCase(contenders: readonly Contender[], direct: Subject): Case {
  return {
    name: "latency",
    title: "one small unary call at a time: gRPC-Web over HTTP/1.1, carried to a bare server; directly it is gRPC",
    subjects: [...contenders.map(({ subject }) => subject), direct],
    maxRounds: 3,
    async measure({ origin, subject }) {
      const contender = contenders.find((one) => one.subject === subject);
      const greeting = smallGreeting(contender === undefined ? "grpc" : "grpc-web");
      const workload = { ...greeting, path: (contender?.prefix ?? "") + greeting.path };
      const transport = contender === undefined ? "h2c" : "http1";
      const { median, p99 } = summarize(await makeSpacedCalls({ ...pace, origin, transport, workload }));
      return [
        { what: addedLatencyName, unit: "ms", value: median },
        { what: "p99 of a call at low load", unit: "ms", value: p99 },
      ];
    },
  };
}
