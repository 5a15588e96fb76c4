import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startGateway } from "../start-gateway.ts";
import { arbitraryAnswer, type RandomAnswer } from "./arbitrary-answer.ts";
import { askStatuses, carriers } from "./ask-status.ts";
import { startRandomUpstream } from "./random-upstream.ts";

/** How many answers are tried, and from which on: by variables for longer runs by hand. */
const runs = Number(process.env.SWITCHBOARD_FUZZ_RUNS ?? 2_000);
const seed = Number(process.env.SWITCHBOARD_FUZZ_SEED ?? 20_261_121);

/** How many gateways are at work at a time, each with a server of its own, so that no answer harms another's call. */
const lanes = 16;

/** How long a call waits that its server leaves alone. */
const timeout = "100m";

describe("servers that send random bytes", () => {
  it("cost nobody more than a call, which has one status and one line", { timeout: 60_000 + runs * 20 }, async () => {
    const answers = fc.sample(arbitraryAnswer, { seed, numRuns: runs });
    const told = (await Promise.all(Array.from({ length: lanes }, () => callUntilNoneIsLeft(answers)))).flat();
    expect(told.filter(({ statuses }) => statuses.length !== 1)).toEqual([]);
    expect(told.length).toBeGreaterThan(runs * 0.9);
    for (const carrier of carriers) {
      const own = new Set(told.filter((each) => each.carrier === carrier).map(({ statuses }) => statuses[0]));
      expect([carrier, ...own]).toEqual(expect.arrayContaining(["0", "5", "13", "14", "4"]));
    }
  });
});

/** Makes one call after another, by each carrier in turn, while there are answers; tells the statuses of each. */
async function callUntilNoneIsLeft(answers: RandomAnswer[]) {
  await using upstream = await startRandomUpstream(() => answers.pop());
  await using gateway = await startGateway(upstream.port);
  const told = [];
  for (let i = 0; answers.length > 0; i++) {
    const carrier = carriers[i % carriers.length] ?? "grpc";
    told.push({ carrier, left: answers.length, statuses: await askStatuses(gateway.port, carrier, timeout) });
  }
  await expect.poll(() => gateway.lines.length).toBe(told.length);
  return told;
}
