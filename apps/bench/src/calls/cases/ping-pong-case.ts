import { summarize } from "../../measure.ts";
import type { Case } from "../case.ts";
import { openSession } from "../open-session.ts";
import type { Subject } from "../subject.ts";
import { openTwoWayStream, takeTurns } from "../two-way-stream.ts";

const warmUpTurns = 1_000;
const turns = 2_000;

/** Creates the case in which one stream carries a message there and one back, again and again. */
export function createPingPongCase(subjects: readonly Subject[]): Case {
  return {
    name: "ping-pong",
    title: `demo.TestTwoWayStream, one stream, a message and its answer ${turns} times`,
    subjects,
    maxRounds: 3,
    async measure({ origin }) {
      using opened = openSession(origin);
      const stream = openTwoWayStream(opened.session);
      await takeTurns(stream, warmUpTurns);
      const { median, p99 } = summarize(await takeTurns(stream, turns));
      await stream.end();
      return [
        { what: "ping-pong, median", unit: "ms", value: median },
        { what: "ping-pong, p99", unit: "ms", value: p99 },
      ];
    },
  };
}
