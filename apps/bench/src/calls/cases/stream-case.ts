import type { Case } from "../case.ts";
import type { H2load } from "../h2load.ts";
import type { Subject } from "../subject.ts";
import { smallMessages } from "../workloads.ts";
import { createLoadCase } from "./load-case.ts";

/** What the case is called where a target names it. */
export const streamName = "stream of small messages";

/** Enough that a call costs little beside them, and few enough that the slowest subject ends many calls in its time. */
const messagesPerCall = 250;
const load = { connections: 1, streams: 4, warmUpMs: 1_000, durationMs: 1_500 };

/**
 * Creates the case of long answers. The only server stream of the contracts sends a message a second, so this one asks
 * the two-way stream: all requests are there from the start, and what is measured is how fast the answers stream.
 */
export function createStreamCase(h2load: H2load, subjects: readonly Subject[]): Case {
  return createLoadCase(h2load, {
    name: "stream-small",
    title: `demo.TestTwoWayStream, ${messagesPerCall} messages at once, as many answers; 4 streams`,
    subjects,
    steps: [
      {
        what: streamName,
        transport: "h2c",
        workload: smallMessages(messagesPerCall),
        load,
        unit: "messages/s",
        toValue: (rate) => rate * messagesPerCall,
      },
    ],
  });
}
