import { summarize } from "../../measure.ts";
import type { Case } from "../case.ts";
import type { H2load } from "../h2load.ts";
import { makePacedCalls } from "../paced-calls.ts";
import type { Subject } from "../subject.ts";
import { smallGreeting } from "../workloads.ts";
import { assertAnswerOf } from "./load-case.ts";

/** What the case is called where a target names it. */
export const halfLoadName = "p99 at half load";

const saturation = { connections: 8, streams: 32, warmUpMs: 1_000, durationMs: 1_000 };
const pace = { connections: 8, warmUpMs: 700, durationMs: 2_000 };

/**
 * Creates the case of latency. Every subject gets the same rate in all rounds: half of what the first is found to do in
 * the first round.
 */
export function createHalfLoadCase(h2load: H2load, subjects: readonly Subject[]): Case {
  let rate: number | undefined;
  return {
    name: "half-load",
    title: "how long a small gRPC call takes at half of the most calls that the product can serve",
    subjects,
    async measure(server) {
      const workload = smallGreeting("grpc");
      const target = { origin: server.origin, transport: "h2c", workload } as const;
      await assertAnswerOf(server, "h2c", workload);
      // It warms every subject up alike.
      const most = await h2load.saturate(target, saturation);
      rate ??= most / 2;
      const { median, p99 } = summarize(await makePacedCalls({ ...pace, origin: server.origin, workload, rate }));
      return [
        { what: "median at half load", unit: "ms", value: median },
        { what: halfLoadName, unit: "ms", value: p99 },
      ];
    },
  };
}
