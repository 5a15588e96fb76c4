import type { Case } from "../case.ts";
import type { H2load } from "../h2load.ts";
import type { Subject } from "../subject.ts";
import { smallMessages, unpacedMessages } from "../workloads.ts";
import { createLoadCase } from "./load-case.ts";

/** What the case is called where a target names it. */
export const streamName = "server stream of small messages";

const longStream = 2_000;
const twoWayMessages = 250;

/** Few calls at a time, so that the slowest subject ends some in its time. */
const load = { connections: 1, streams: 4, warmUpMs: 2_000, durationMs: 4_000 };

/**
 * Creates the case of long answers. Every server stream of the contracts is paced, so one of them is served without its
 * pace, by the product's engine and by each peer.
 */
export function createStreamCase(h2load: H2load, subjects: readonly Subject[]): Case {
  return createLoadCase(h2load, {
    name: "stream-small",
    title: `demo.TestClientRecvStream without its pace, ${longStream} messages a call; 4 streams`,
    subjects,
    maxRounds: 3,
    steps: [
      {
        what: streamName,
        transport: "h2c",
        workload: unpacedMessages("grpc", longStream),
        load,
        unit: "messages/s",
        toValue: (rate) => rate * longStream,
      },
    ],
  });
}

/** Creates the case of requests and answers that are streams: all requests are there from the start. */
export function createTwoWayCase(h2load: H2load, subjects: readonly Subject[]): Case {
  return createLoadCase(h2load, {
    name: "stream-two-way",
    title: `demo.TestTwoWayStream, ${twoWayMessages} messages at once, as many answers; 4 streams`,
    subjects,
    maxRounds: 3,
    steps: [
      {
        what: "two-way stream of small messages",
        transport: "h2c",
        workload: smallMessages(twoWayMessages),
        load,
        unit: "messages/s",
        toValue: (rate) => rate * twoWayMessages,
      },
    ],
  });
}
