import type { Case } from "./case.ts";
import { compareRounds, findSeries, type Results, type Series, spreadOf } from "./results.ts";
import { subjectNames } from "./subjects.ts";
import type { Bound, Judgement } from "./targets.ts";

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

function describeJudgement({ what, bound, value, verdict }: Judgement) {
  return { what, target: describeBound(bound), is: value?.toFixed(2), verdict };
}

function describeBound(bound: Bound): string {
  switch (bound.kind) {
    case "ratio":
      return `≥ ${bound.limit} × ${bound.peer}`;
    case "beyond":
      return `≤ ${bound.limit} ms more than ${bound.peer}`;
    case "atLeast":
      return `≥ ${bound.limit}`;
    case "atMost":
      return `≤ ${bound.limit}`;
  }
}

/** Three digits are as many as the spread leaves true. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
