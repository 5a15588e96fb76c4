import { Code } from "@connectrpc/connect";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arbitraryRequest } from "./arbitrary-request.ts";
import { startEngineSide, startStockSide } from "./contenders.ts";
import { envelopeOf, post, scripted } from "./craft-request.ts";
import { codeOfAnswer } from "./error-of-answer.ts";
import { describeJudgement, type Judgement, judgeRequest, type Sides } from "./judge-request.ts";
import { formOf } from "./request-facts.ts";
import { settleJudgement } from "./settle-judgement.ts";
import { wantedDifferences } from "./wanted-differences.ts";
import type { WireRequest } from "./wire-request.ts";

/** How many batches of up to 32 requests are tried: DIFFERENTIAL_RUNS, for longer runs by hand. */
const numRuns = Number(process.env.DIFFERENTIAL_RUNS ?? 150);

const arbitraryBatch = fc.array(arbitraryRequest, { maxLength: 32, size: "max" });

let sides: Sides;
const started = new AsyncDisposableStack();

beforeAll(async () => {
  sides = { stock: started.use(await startStockSide()), ours: started.use(await startEngineSide()) };
});

afterAll(() => started.disposeAsync());

/** Writes out the differences of a request that nobody wants. */
async function faultsOf(request: WireRequest): Promise<string[]> {
  const judgement = await judgeRequest(request, sides);
  const { fault } = await settleJudgement(judgement, sides);
  return fault === undefined ? [] : [`${fault}\n${describeJudgement(judgement)}`];
}

describe("our engine beside the stock adapter", () => {
  it("answers the same, but for what is wanted otherwise", { timeout: 60_000 + numRuns * 1_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatch, async (requests) => {
        expect((await Promise.all(requests.map(faultsOf))).flat()).toEqual([]);
      }),
      { numRuns },
    );
  });

  it.each(wantedDifferences)("differs where wanted: $name", async ({ name, witness }) => {
    const judgement = await judgeRequest(witness, sides);
    const { names, fault } = await settleJudgement(judgement, sides);
    expect(fault && `${fault}\n${describeJudgement(judgement)}`).toBeUndefined();
    expect(names).toContain(name);
  });
});

const grpcWeb = ["content-type", "application/grpc-web"] as const;
const connectJson = ["content-type", "application/connect+json"] as const;

describe("requests that generation seldom finds", () => {
  it.each<[string, WireRequest]>([
    // A trailer that gRPC's grammar of names lacks once cost the call its answer.
    [
      "a trailer named by any token of HTTP",
      post("Unary", [grpcWeb, scripted({ trailers: [["x!#$%&'*+^`|~", "a"]] })], envelopeOf("")),
    ],
    ["a client stream without messages", post("ClientStream", [grpcWeb], "")],
    [
      "a client that waits to be told to continue",
      post("Unary", [grpcWeb, ["expect", "100-continue"]], envelopeOf("")),
    ],
    [
      "a stream of which the method reads nothing",
      post("ClientStream", [connectJson, scripted({ reads: false })], envelopeOf("{}")),
    ],
    [
      "a body of single bytes",
      { ...post("ServerStream", [connectJson], envelopeOf("{}")), openEnd: true, cuts: [1, 2, 3, 4, 5, 6] },
    ],
    [
      "a client that leaves within a chunk",
      { ...post("Unary", [grpcWeb], envelopeOf("")), openEnd: true, abandoned: true },
    ],
  ])("answers %s as the stock adapter does", async (_name, request) => {
    expect(await faultsOf(request)).toEqual([]);
  });
});

describe("the generated requests", () => {
  const judgements: Judgement[] = [];

  beforeAll(async () => {
    const requests = fc.sample(arbitraryRequest, { seed: 20_260_101, numRuns: 1_600 });
    for (let at = 0; at < requests.length; at += 32) {
      judgements.push(...(await Promise.all(requests.slice(at, at + 32).map((each) => judgeRequest(each, sides)))));
    }
  }, 60_000);

  it.each(["grpc", "grpc-web", "connect-unary", "connect-stream"] as const)("have calls in the form %s", (form) => {
    const own = judgements.filter(({ request }) => formOf(request) === form);
    for (const version of ["1.1", "2"]) {
      const codes = own
        .filter(({ request }) => request.httpVersion === version)
        .map(({ stock }) => codeOfAnswer(stock));
      expect(codes).toContain(0);
      expect(codes).toContain(Code.InvalidArgument);
    }
  });

  it.each(["stock", "ours"] as const)("draw every HTTP status that a call has, and every code, out of %s", (side) => {
    const answers = judgements.map((judgement) => judgement[side]);
    const codes = new Set(answers.map(codeOfAnswer));
    expect(Array.from({ length: 17 }, (_, code) => code).filter((code) => !codes.has(code))).toEqual([]);
    const statuses = new Set(answers.map(({ status }) => status));
    expect(
      [200, 400, 401, 403, 404, 405, 409, 415, 429, 499, 500, 501, 503, 504].filter((s) => !statuses.has(s)),
    ).toEqual([]);
  });

  it("get mostly the same answers, of which many are messages", () => {
    const same = judgements.filter(({ differences }) => differences.length === 0);
    expect(same.length).toBeGreaterThan(judgements.length / 2);
    expect(same.filter(({ stock }) => stock.messages.length > 0).length).toBeGreaterThan(judgements.length / 6);
  });
});
