import type { Case } from "../../calls/case.ts";
import { residentBytes } from "../../calls/resident-memory.ts";
import type { Contender } from "../gateway-subjects.ts";
import { readFlood } from "../read-flood.ts";

/** What the case is called where a target names it. */
export const stalledReaderName = "growth of resident memory, at most";

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
    title: "1 GiB by a gRPC-Web server stream over HTTP/1.1, whose reader stops for three seconds and reads on",
    subjects: contenders.map(({ subject }) => subject),
    maxRounds: 3,
    async measure({ origin, subject, pid }) {
      const prefix = contenders.find((one) => one.subject === subject)?.prefix ?? "";
      const atRest = await residentBytes(pid);
      // What the first of all messages cost, in code and in room for the young, is told apart.
      await readFlood({ origin, prefix, messages: warmUpMessages, stall });
      const before = await residentBytes(pid);
      let most = before;
      const sampling = setInterval(async () => {
        most = Math.max(most, await residentBytes(pid).catch(() => 0));
      }, sampleMs);
      try {
        const seconds = (await readFlood({ origin, prefix, messages, stall })) / 1_000;
        return [
          { what: stalledReaderName, unit: "MiB", value: (most - before) / mebibyte },
          { what: "resident memory before any call", unit: "MiB", value: atRest / mebibyte },
          { what: "resident memory after one such stream", unit: "MiB", value: before / mebibyte },
          { what: "read while not stalled", unit: "MiB/s", value: (messages * 65_536) / mebibyte / seconds },
        ];
      } finally {
        clearInterval(sampling);
      }
    },
  };
}
