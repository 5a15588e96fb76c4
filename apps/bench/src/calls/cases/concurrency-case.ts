import type { Case } from "../case.ts";
import type { H2load } from "../h2load.ts";
import type { Subject } from "../subject.ts";
import { smallGreeting } from "../workloads.ts";
import { createLoadCase } from "./load-case.ts";

/** No connection has more open than the product's default limit of 256. */
const steps = [
  { connections: 1, streams: 1 },
  { connections: 1, streams: 10 },
  { connections: 4, streams: 25 },
  { connections: 8, streams: 125 },
];

/** Creates the case that tells whether a call costs more the more are in flight. */
export function createConcurrencyCase(h2load: H2load, subjects: readonly Subject[]): Case {
  return createLoadCase(h2load, {
    name: "concurrency",
    title: "time between the ends of two calls, over calls in flight; with 1 the server waits for its client",
    subjects,
    maxRounds: 3,
    steps: steps.map(({ connections, streams }) => ({
      what: `gRPC, small, ${connections * streams} in flight`,
      transport: "h2c",
      workload: smallGreeting("grpc"),
      load: { connections, streams, warmUpMs: 500, durationMs: 800 },
      unit: "µs/call",
      toValue: (rate) => 1_000_000 / rate,
    })),
  });
}
