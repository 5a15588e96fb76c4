/** Browsers lay out nothing that is higher: 15 million pixels is below the limit of each of them. */
const mostPixels = 15_000_000;

/** Rows drawn above and below those in sight, so that scrolling shows no gaps. */
const overscan = 8;

/** A list of rows of equal height, and how far it is scrolled. Lengths are in pixels. */
export interface ScrolledRows {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  /** Of the part that is in sight. */
  readonly viewHeight: number;
}

/** The rows that are drawn, and where. */
export interface RowWindow {
  /** The first row drawn, and the one after the last. */
  readonly first: number;
  readonly end: number;
  /** Where the first row drawn stands, from the list's top. */
  readonly top: number;
  /** The whole list's height. */
  readonly height: number;
}

/**
 * Which rows are drawn. Where the rows together are higher than a browser can lay out, the list is made lower, and
 * scrolling goes that much faster.
 */
export function rowWindow({ count, rowHeight, scrollTop, viewHeight }: ScrolledRows): RowWindow {
  const wholeHeight = count * rowHeight;
  const height = Math.min(wholeHeight, mostPixels);
  const scale = scaleOf(wholeHeight, viewHeight);
  const virtualTop = scrollTop * scale;
  const first = Math.max(0, Math.min(count - 1, Math.floor(virtualTop / rowHeight)) - overscan);
  const end = Math.min(count, Math.ceil((virtualTop + viewHeight) / rowHeight) + overscan);
  return { first, end, top: scale === 1 ? first * rowHeight : scrollTop + first * rowHeight - virtualTop, height };
}

/** Rows that stay in sight above and below one that is brought in sight, where there is room. */
const context = 2;

/** How far to scroll, as little as it takes, for a row to be in sight. */
export function scrollTopFor(row: number, { count, rowHeight, scrollTop, viewHeight }: ScrolledRows): number {
  const scale = scaleOf(count * rowHeight, viewHeight);
  const margin = Math.max(0, Math.min(context * rowHeight, (viewHeight - rowHeight) / 2));
  const top = row * rowHeight - margin;
  const bottom = (row + 1) * rowHeight + margin;
  const virtualTop = scrollTop * scale;
  if (top < virtualTop) {
    return Math.max(0, top) / scale;
  }
  return bottom > virtualTop + viewHeight ? (bottom - viewHeight) / scale : scrollTop;
}

function scaleOf(wholeHeight: number, viewHeight: number): number {
  return wholeHeight <= mostPixels ? 1 : (wholeHeight - viewHeight) / (mostPixels - viewHeight);
}
