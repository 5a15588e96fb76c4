import { isDeepStrictEqual } from "node:util";
import type { NormalAnswer } from "./normalise-answer.ts";

/** The parts of an answer. */
export type AnswerPart = keyof NormalAnswer;

/** The parts in which two answers differ. */
export function compareAnswers(stock: NormalAnswer, ours: NormalAnswer): AnswerPart[] {
  const parts = Object.keys({ ...stock, ...ours }) as AnswerPart[]; // Both are literals of this type.
  return parts.filter((part) => !isDeepStrictEqual(stock[part], ours[part]));
}
