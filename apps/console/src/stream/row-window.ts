/** The height of a row of the timeline, in pixels. */
export const rowHeight = 24;

/** Rows drawn above and below those in sight, so that scrolling shows no gaps. */
const overscan = 8;

/** What decides which rows are drawn. */
export interface RowWindowOptions {
  /** All rows there are. */
  readonly count: number;
  /** The list's own height in pixels. */
  readonly height: number;
  /** The first row in sight; undefined where the list keeps to its end. */
  readonly firstInSight: number | undefined;
}

/** The rows to draw, from `first` on and before `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** How far a list of `count` rows is scrolled when it stands at its end, in pixels. */
export function tailTop({ count, height }: Pick<RowWindowOptions, "count" | "height">): number {
  return Math.max(0, count * rowHeight - height);
}

/** Which rows to draw. All rows are equally high, so that nothing has to be measured. */
export function rowWindow({ count, height, firstInSight }: RowWindowOptions): RowWindow {
  const from = firstInSight ?? Math.floor(tailTop({ count, height }) / rowHeight);
  const inSight = Math.ceil(height / rowHeight) + 1;
  const first = Math.min(Math.max(0, from - overscan), count);
  return { first, end: Math.min(count, Math.max(first, from + inSight + overscan)) };
}
