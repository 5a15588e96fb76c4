import { join } from "node:path";
import { parseArgs } from "node:util";

/** What a benchmark of calls was told on the command line. */
export interface CallsFlags {
  /** Names of cases; undefined for all. */
  readonly only: readonly string[] | undefined;
  /** How many times each subject has its turn, at least 1. */
  readonly rounds: number;
  /** The file that the results are written to. */
  readonly json: string;
}

const resultsFolder = join(import.meta.dirname, "../../../../node_modules/.cache/bench");

/**
 * Parses `--only NAME,…`, `--rounds N` and `--json FILE`. Throws what is to be told to the user.
 *
 * @param name names the file of the results where nothing else is said
 */
export function parseCallsFlags(name: string, args: readonly string[]): CallsFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      rounds: { type: "string", default: "5" },
      json: { type: "string", default: join(resultsFolder, `${name}.json`) },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds ${values.rounds} is not a whole number from 1`);
  }
  return { only: values.only?.split(","), rounds, json: values.json };
}
