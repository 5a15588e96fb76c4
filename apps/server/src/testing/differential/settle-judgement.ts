import type { Judgement, Sides } from "./judge-request.ts";
import type { WantedDifference } from "./wanted-difference.ts";
import { wantedDifferences } from "./wanted-differences.ts";

/** What became of the differences in a judgement. */
export interface Settlement {
  /** The wanted differences that it shows. */
  readonly names: readonly string[];
  /** Why differences are left that nobody wants; undefined where none are. */
  readonly fault: string | undefined;
}

/** Holds the differences of a judgement against those that are wanted: by default, of our engine. */
export async function settleJudgement(
  judgement: Judgement,
  sides: Sides,
  wantedOnes: readonly WantedDifference[] = wantedDifferences,
): Promise<Settlement> {
  const left = new Set(judgement.differences);
  const names: string[] = [];
  const complaints: string[] = [];
  for (const wanted of wantedOnes) {
    if (!wanted.parts.some((part) => left.has(part)) || !wanted.concerns(judgement.request)) {
      continue;
    }
    const complaint = await wanted.complain(judgement, sides);
    if (complaint === undefined) {
      names.push(wanted.name);
      for (const part of wanted.parts) {
        left.delete(part);
      }
    } else {
      complaints.push(`${wanted.name}: ${complaint}`);
    }
  }
  const fault = left.size === 0 ? undefined : [`unwanted: ${[...left].join(", ")}`, ...complaints].join("; ");
  return { names, fault };
}
