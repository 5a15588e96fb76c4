import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arbitraryRequest } from "./arbitrary-request.ts";
import { carriedDifferences } from "./carried-differences.ts";
import { startEngineSide } from "./contenders.ts";
import { startGatewaySide } from "./gateway-sides.ts";
import { describeJudgement, judgeRequest, type Sides } from "./judge-request.ts";
import { seeCarried } from "./see-carried.ts";
import { settleJudgement } from "./settle-judgement.ts";
import type { WireRequest } from "./wire-request.ts";

/** How many batches of up to 32 requests are tried: DIFFERENTIAL_RUNS, for longer runs by hand. */
const numRuns = Number(process.env.DIFFERENTIAL_RUNS ?? 50);

const arbitraryBatch = fc.array(arbitraryRequest, { maxLength: 32, size: "max" });

let sides: Sides;
const started = new AsyncDisposableStack();

beforeAll(async () => {
  sides = {
    stock: started.use(await startEngineSide(seeCarried)),
    ours: started.use(await startGatewaySide(new Set(["grpc", "grpc-web", "connect"] as const))),
  };
});

afterAll(() => started.disposeAsync());

/** Writes out the differences of a request that nobody wants. */
async function faultsOf(request: WireRequest): Promise<string[]> {
  const judgement = await judgeRequest(request, sides);
  const { fault } = await settleJudgement(judgement, sides, carriedDifferences);
  return fault === undefined ? [] : [`${fault}\n${describeJudgement(judgement)}`];
}

describe("a server behind the gateway beside the same without it", () => {
  it("answers the same, but for what is wanted otherwise", { timeout: 60_000 + numRuns * 1_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatch, async (requests) => {
        expect((await Promise.all(requests.map(faultsOf))).flat()).toEqual([]);
      }),
      { numRuns },
    );
  });

  it.each(carriedDifferences)("differs where wanted: $name", async ({ name, witness }) => {
    const judgement = await judgeRequest(witness, sides);
    const { names, fault } = await settleJudgement(judgement, sides, carriedDifferences);
    expect(fault && `${fault}\n${describeJudgement(judgement)}`).toBeUndefined();
    expect(names).toContain(name);
  });
});
