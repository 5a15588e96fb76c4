import { join } from "node:path";
import { parseArgs } from "node:util";

/** What the benchmark of calls was told on the command line. */
export interface CallsFlags {
  /** Names of cases; undefined for all. */
  readonly only: readonly string[] | undefined;
  /** How many times each subject has its turn, at least 1. */
  readonly rounds: number;
  /** The file that the results are written to. */
  readonly json: string;
}

const defaultJson = join(import.meta.dirname, "../../../../node_modules/.cache/bench/calls.json");

/** Parses `--only NAME,…`, `--rounds N` and `--json FILE`. Throws what is to be told to the user. */
export function parseCallsFlags(args: readonly string[]): CallsFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      rounds: { type: "string", default: "5" },
      json: { type: "string", default: defaultJson },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds ${values.rounds} is not a whole number from 1`);
  }
  return { only: values.only?.split(","), rounds, json: values.json };
}
