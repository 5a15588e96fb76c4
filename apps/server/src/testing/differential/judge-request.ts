import { type AnswerPart, compareAnswers } from "./compare-answers.ts";
import type { Side } from "./contenders.ts";
import { type NormalAnswer, normaliseAnswer } from "./normalise-answer.ts";
import { gateMessage } from "./probe-routes.ts";
import { scriptOf } from "./request-facts.ts";
import { describeRequest, type WireRequest } from "./wire-request.ts";

/** The two sides of a comparison. */
export interface Sides {
  readonly stock: Pick<Side, "send">;
  readonly ours: Pick<Side, "send">;
}

/** What both sides answered to one request. */
export interface Judgement {
  readonly request: WireRequest;
  readonly stock: NormalAnswer;
  readonly ours: NormalAnswer;
  /** The parts in which they differ. */
  readonly differences: readonly AnswerPart[];
}

/** Sends a request to both sides and compares. */
export async function judgeRequest(request: WireRequest, { stock, ours }: Sides): Promise<Judgement> {
  const answers = await Promise.all([askSide(stock, request), askSide(ours, request)]);
  return { request, stock: answers[0], ours: answers[1], differences: compareAnswers(...answers) };
}

/** Sends a request to one side and normalises the answer. */
export async function askSide(side: Pick<Side, "send">, request: WireRequest): Promise<NormalAnswer> {
  return normaliseAnswer(await side.send(request), handlerTexts(request));
}

/** Writes out where the sides differ, for a person. */
export function describeJudgement({ request, stock, ours, differences }: Judgement): string {
  const parts = differences.map(
    (part) => `${part}\n  stock ${JSON.stringify(stock[part])}\n  ours  ${JSON.stringify(ours[part])}`,
  );
  return `${describeRequest(request)}\n${parts.join("\n")}`;
}

function handlerTexts(request: WireRequest): Set<string> {
  const { end } = scriptOf(request);
  return new Set(end.kind === "error" ? [gateMessage, end.message] : [gateMessage]);
}
