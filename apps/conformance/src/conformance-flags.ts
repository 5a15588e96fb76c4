/** What `npm run conformance` was told. */
export interface ConformanceFlags {
  /** Whether it is no failure that there is no Go. */
  readonly ifGo: boolean;
  /** The names of the setups to run; undefined for all. */
  readonly setups: readonly string[] | undefined;
  /** Every other flag, for the runner. */
  readonly runner: readonly string[];
}

/** Takes `--if-go` and `--setup NAME,…` out of the flags; the rest is the runner's. */
export function parseConformanceFlags(args: readonly string[]): ConformanceFlags {
  const rest = args.filter((arg) => arg !== "--if-go");
  const at = rest.indexOf("--setup");
  const setups = at < 0 ? undefined : (rest[at + 1] ?? "").split(",");
  return {
    ifGo: rest.length < args.length,
    setups,
    runner: at < 0 ? rest : rest.toSpliced(at, 2),
  };
}
