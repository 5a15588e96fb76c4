import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type { demo } from "@switchboard/proto/gen/demo_pb.js";
import { createAbortRace } from "./abort-race.ts";
import { createBeat } from "./beat.ts";
import { untilAborted } from "./until-aborted.ts";

/** What `createDemoService` needs. */
export interface DemoServiceOptions {
  /** Resolves after `ms` milliseconds. Lets go of its timer, and may reject, when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A clock in milliseconds that never goes back. Default: `performance.now`. */
  now?: () => number;
}

/** Milliseconds between two messages of TestClientRecvStream. */
const SEND_PERIOD_MS = 1000;

/** The data with which a client asks TestClientRecvStream to end before anything is sent. */
const CLOSE_DATA = "close";

/** TestClientSendStream answers as soon as it has read this many messages. */
const ENOUGH_MESSAGES = 11;

/**
 * Creates `/test.demo`: all four kinds of call. Each stops as soon as the call's signal aborts, and ends with the
 * signal's reason.
 */
export function createDemoService({
  wait,
  now = () => performance.now(),
}: DemoServiceOptions): ServiceImpl<typeof demo> {
  return {
    hellojlc: ({ name, age }) => ({ result: `my name is ${name}, i am ${age} years old` }),

    async *testClientRecvStream({ data }, { signal }) {
      if (data === CLOSE_DATA) {
        throw new ConnectError(`the request's data is "${CLOSE_DATA}", which ends the call`, Code.Canceled);
      }
      using race = createAbortRace(signal);
      const untilNextBeat = createBeat(SEND_PERIOD_MS, now);
      for (let n = 1; ; n++) {
        signal.throwIfAborted();
        yield { result: `send ${n} ${data}` };
        await race.run(wait(untilNextBeat(), signal));
      }
    },

    async testClientSendStream(requests, { signal }) {
      let received = 0;
      for await (const _request of untilAborted(requests, signal)) {
        received++;
        if (received === ENOUGH_MESSAGES) {
          break;
        }
      }
      return { result: "ok" };
    },

    async *testTwoWayStream(requests, { signal }) {
      for await (const { data } of untilAborted(requests, signal)) {
        yield { result: `service send client ${data}` };
      }
    },
  };
}
