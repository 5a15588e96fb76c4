/** One thing that was measured of the page. */
export interface PageFigure {
  readonly what: string;
  /** What was measured, in milliseconds: at least one. */
  readonly times: readonly number[];
  /** What it is held against, in milliseconds; undefined where nothing is asked. */
  readonly limitMs: number | undefined;
  /** Which of the times is held against the limit. */
  readonly held: "worst" | "median" | "p95";
  /** The same in the same run, of something without Switchboard's work; undefined where there is no such thing. */
  readonly peer?: { readonly what: string; readonly times: readonly number[] };
}
