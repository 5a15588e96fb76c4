import type { Case, Measurement } from "../../calls/case.ts";
import { residentBytes } from "../../calls/resident-memory.ts";
import { subjectNames } from "../../calls/subjects.ts";
import type { Contender } from "../gateway-subjects.ts";
import { type FloodReading, readFlood } from "../read-flood.ts";
import { readFloodByWebSocket } from "../read-flood-by-websocket.ts";

/** What the case is called where a target names it. */
export const stalledReaderNames = {
  http: "growth of resident memory over HTTP/1.1",
  websocket: "growth of resident memory over WebSocket",
} as const;

const mebibyte = 1_048_576;

/** 1 GiB in messages of 64 KiB. */
const messages = 16_384;
const warmUpMessages = 8_192;

const stall = { afterBytes: 128 * mebibyte, ms: 3_000 };
const sampleMs = 50;

/** Creates the case of a reader that stops for a while within a long stream, and then reads on. */
export function createStalledReaderCase(contenders: readonly Contender[]): Case {
  return {
    name: "stall",
    title:
      "1 GiB by a gRPC-Web server stream whose reader stops for three seconds and reads on, after half of it once before",
    subjects: contenders.map(({ subject }) => subject),
    maxRounds: 3,
    async measure({ origin, subject, pid }) {
      const prefix = contenders.find((one) => one.subject === subject)?.prefix ?? "";
      const flood = { origin, prefix, stall };
      const atRest = await residentBytes(pid);
      const overHttp = await measureGrowth(pid, stalledReaderNames.http, flood, readFlood);
      const hasWebSocket = subject.name === subjectNames.switchboard;
      const overWebSocket = hasWebSocket
        ? await measureGrowth(pid, stalledReaderNames.websocket, flood, readFloodByWebSocket)
        : [];
      return [
        { what: "resident memory before any call", unit: "MiB", value: atRest / mebibyte },
        ...overHttp,
        ...overWebSocket,
      ];
    },
  };
}

type ReadFlood = (reading: FloodReading) => Promise<number>;

/** Measures how much the memory of a process grows at most beyond what it has after one such stream. */
async function measureGrowth(
  pid: number,
  what: string,
  flood: Omit<FloodReading, "messages">,
  read: ReadFlood,
): Promise<readonly Measurement[]> {
  // What the first of all messages cost, in code and in room for the young, is told apart.
  await read({ ...flood, messages: warmUpMessages });
  const before = await residentBytes(pid);
  let most = before;
  const sampling = setInterval(async () => {
    most = Math.max(most, await residentBytes(pid).catch(() => 0));
  }, sampleMs);
  try {
    const seconds = (await read({ ...flood, messages })) / 1_000;
    return [
      { what, unit: "MiB", value: (most - before) / mebibyte },
      { what: `${what}: before`, unit: "MiB", value: before / mebibyte },
      { what: `${what}: read while not stalled`, unit: "MiB/s", value: (messages * 65_536) / mebibyte / seconds },
    ];
  } finally {
    clearInterval(sampling);
  }
}
