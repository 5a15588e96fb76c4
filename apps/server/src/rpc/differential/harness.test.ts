import fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraryRequest } from "./arbitrary-request.ts";
import { startStockSide } from "./contenders.ts";
import { describeJudgement, judgeRequest } from "./judge-request.ts";

it("finds no difference between the stock adapter and itself", async () => {
  await using stock = await startStockSide();
  await using ours = await startStockSide();
  const batch = fc.array(arbitraryRequest, { maxLength: 32, size: "max" });
  await fc.assert(
    fc.asyncProperty(batch, async (requests) => {
      const judgements = await Promise.all(requests.map((request) => judgeRequest(request, { stock, ours })));
      expect(judgements.filter(({ differences }) => differences.length > 0).map(describeJudgement)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});
