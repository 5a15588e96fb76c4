import type { ClientHttp2Session } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import type { Case } from "../case.ts";
import { openSession } from "../open-session.ts";
import { residentBytes } from "../resident-memory.ts";
import type { Subject } from "../subject.ts";
import { openTwoWayStream, takeTurns } from "../two-way-stream.ts";

/** No connection has more open than the product's default limit of 256. */
const connections = 40;
const streamsPerConnection = 250;

/** How long a server gets to come to rest, in milliseconds. */
const settleMs = 1_500;

/** Creates the case of streams that wait: each has had one message there and one back, and stays open. */
export function createIdleStreamsCase(subjects: readonly Subject[]): Case {
  return {
    name: "idle-streams",
    title: `${connections * streamsPerConnection} open streams on ${connections} connections, in resident memory with what no collector has freed yet`,
    subjects,
    maxRounds: 2,
    async measure({ origin, pid }) {
      await warmUp(origin);
      await sleep(settleMs);
      const before = await residentBytes(pid);
      using sessions = new DisposableStack();
      for (let opened = 0; opened < connections; opened++) {
        const { session } = sessions.use(openSession(origin));
        await Promise.all(openStreams(session).map((stream) => takeTurns(stream, 1)));
      }
      await sleep(settleMs);
      const value = ((await residentBytes(pid)) - before) / (connections * streamsPerConnection);
      return [{ what: "memory of an idle stream", unit: "bytes/stream", value }];
    },
  };
}

/** Opens and ends as many streams as one connection will have, so that what the first ones cost is not counted. */
async function warmUp(origin: string): Promise<void> {
  using opened = openSession(origin);
  const streams = openStreams(opened.session);
  await Promise.all(streams.map((stream) => takeTurns(stream, 1)));
  await Promise.all(streams.map((stream) => stream.end()));
}

function openStreams(session: ClientHttp2Session) {
  return Array.from({ length: streamsPerConnection }, () => openTwoWayStream(session));
}
