import fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraryRequest } from "./arbitrary-request.ts";
import { type Side, startStockSide } from "./contenders.ts";
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

it("finds the differences between servers with other options", async () => {
  await using stock = await startStockSide();
  const requests = fc.sample(arbitraryRequest, { seed: 20_260_101, numRuns: 200 });
  const strict: Pick<Side, "send"> = { send: (request) => stock.send({ ...request, profile: "strict" }) };
  const judgements = await Promise.all(requests.map((request) => judgeRequest(request, { stock, ours: strict })));
  const parts = new Set(
    judgements.filter(({ request }) => request.profile === "usual").flatMap(({ differences }) => differences),
  );
  expect([...parts].sort()).toEqual(expect.arrayContaining(["end", "headers", "messages", "status", "trailers"]));
});
