import type { Case } from "./case.ts";
import { compareRounds, findSeries, type Results, type Series, spreadOf } from "./results.ts";
import { subjectNames } from "./subjects.ts";
import type { Judgement } from "./targets.ts";

/** Prints a table for each case, one of the targets, and what was left out or failed. */
export function printResults(cases: readonly Case[], results: Results, judgements: readonly Judgement[]): void {
  for (const { name, title } of cases) {
    const own = results.series.filter((one) => one.case === name);
    if (own.length > 0) {
      console.log(`\n${name}: ${title}`);
      console.table(own.map((one) => describeSeries(one, own)));
    }
  }
  console.log("\nTargets: medians of what was compared round by round");
  console.table(judgements.map(describeJudgement));
  for (const { what, reason } of results.leftOut) {
    console.log(`Left out: ${what}, since ${reason}`);
  }
  for (const { what, reason } of results.failed) {
    console.error(`FAILED: ${what}: ${reason}`);
  }
}

function describeSeries(one: Series, all: readonly Series[]) {
  const { median, min, max } = spreadOf(one.rounds);
  const ours = findSeries(all, one.what, subjectNames.switchboard);
  const ratio = ours && compareRounds(ours, one, (our, their) => our / their);
  return {
    what: one.what,
    subject: one.subject,
    median: round(median),
    min: round(min),
    max: round(max),
    unit: one.unit,
    "switchboard is × this": ratio?.toFixed(2),
  };
}

function describeJudgement({ what, peer, bound, value, verdict }: Judgement) {
  const wanted = bound.kind === "ratio" ? `≥ ${bound.limit} ×` : `≤ ${bound.limit} ms more than`;
  return { what, target: `${wanted} ${peer}`, is: value?.toFixed(2), verdict };
}

/** Three digits are as many as the spread leaves true. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
