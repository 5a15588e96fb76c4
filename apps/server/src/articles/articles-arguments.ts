import { parseArgs } from "node:util";

/** What the command line asks for. */
export type ArticlesArguments =
  | { kind: "help" }
  | { kind: "add"; count: number; directory: string }
  /** The message names the flag, its value and what is allowed. */
  | { kind: "refused"; message: string };

/** The most articles that one run adds. */
export const MAX_COUNT = 10_000_000;

const DEFAULT_DIRECTORY = "./data";

/** What `--help` prints. */
export const ARTICLES_HELP = `Adds generated articles to the store, so that there is something to page through.

  npm run articles -- --count N [--data DIR]

  --count N    how many to add, 1 to ${MAX_COUNT}
  --data DIR   the data directory (default ${DEFAULT_DIRECTORY}, or SWITCHBOARD_DATA); stop the server that uses it first
  --help       print this
`;

/**
 * Reads the command line.
 *
 * @param args what follows the program's name
 * @param environment the process's environment; `SWITCHBOARD_DATA` stands in for `--data`
 */
export function parseArticlesArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ArticlesArguments {
  const parsed = parseFlags(args);
  if (typeof parsed === "string") {
    return { kind: "refused", message: parsed };
  }
  const { help, count, data } = parsed;
  if (help) {
    return { kind: "help" };
  }
  if (count === undefined) {
    return { kind: "refused", message: `--count is missing; it must be an integer from 1 to ${MAX_COUNT}` };
  }
  const number = /^[0-9]+$/.test(count) ? Number(count) : 0;
  if (number < 1 || number > MAX_COUNT) {
    return { kind: "refused", message: `--count is "${count}"; it must be an integer from 1 to ${MAX_COUNT}` };
  }
  const directory = data ?? environment.SWITCHBOARD_DATA ?? DEFAULT_DIRECTORY;
  if (directory === "") {
    return { kind: "refused", message: '--data is ""; it must be the path of a directory' };
  }
  return { kind: "add", count: number, directory };
}

/** Answers the flags as they stand, or what is wrong with them. */
function parseFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { count: { type: "string" }, data: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    return values;
  } catch (error) {
    return `${error instanceof Error ? error.message : error}; see --help`;
  }
}
