import type { AnswerPart } from "./compare-answers.ts";
import type { Judgement, Sides } from "./judge-request.ts";
import type { WireRequest } from "./wire-request.ts";

/** A way in which our answer differs from the stock adapter's, and has to. */
export interface WantedDifference {
  readonly name: string;
  /** What it follows: the sentence or section of a specification. */
  readonly reason: string;
  /** The parts of an answer that it explains. */
  readonly parts: readonly AnswerPart[];
  /** Whether a request is one that it concerns. */
  readonly concerns: (request: WireRequest) => boolean;
  /** Tells what our answer lacks of what it has to be; undefined where it is as it has to. */
  readonly complain: (judgement: Judgement, sides: Sides) => string | undefined | Promise<string | undefined>;
  /** A request that shows it. */
  readonly witness: WireRequest;
}
