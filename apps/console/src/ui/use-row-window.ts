import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { type RowWindow, rowWindow, scrollTopFor } from "./row-window.ts";

/** A list of rows that scrolls. */
export interface RowWindowOptions {
  readonly count: number;
  /** In pixels. */
  readonly rowHeight: number;
  /** The height of what stands above the rows in the same element and scrolls with them, or hides them. Default 0. */
  readonly headHeight?: number;
}

/** The rows to draw. */
export interface DrawnWindow extends RowWindow {
  /** The element that scrolls. */
  readonly scroll: RefObject<HTMLDivElement | null>;
  /** For its scroll events. */
  readonly onScroll: () => void;
  /** Rows in sight at a time. */
  readonly page: number;
  /** Scrolls as little as it takes to bring a row in sight. */
  readonly reveal: (row: number) => void;
}

/** Follows how far a list of equally high rows is scrolled, and tells which rows are to be drawn. */
export function useRowWindow({ count, rowHeight, headHeight = 0 }: RowWindowOptions): DrawnWindow {
  const scroll = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ scrollTop: 0, viewHeight: 0 });
  const measure = useCallback(() => {
    const element = scroll.current;
    if (element !== null) {
      const { scrollTop } = element;
      const viewHeight = Math.max(0, element.clientHeight - headHeight);
      setPlace((before) =>
        before.scrollTop === scrollTop && before.viewHeight === viewHeight ? before : { scrollTop, viewHeight },
      );
    }
  }, [headHeight]);

  useLayoutEffect(() => {
    const element = scroll.current;
    if (element === null) {
      return;
    }
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [measure]);

  const { viewHeight } = place;
  const reveal = useCallback(
    (row: number) => {
      const element = scroll.current;
      if (element !== null) {
        const height = Math.max(0, element.clientHeight - headHeight);
        element.scrollTop = scrollTopFor(row, { count, rowHeight, scrollTop: element.scrollTop, viewHeight: height });
        measure();
      }
    },
    [count, rowHeight, headHeight, measure],
  );
  return {
    ...rowWindow({ count, rowHeight, ...place }),
    scroll,
    onScroll: measure,
    page: Math.max(1, Math.floor(viewHeight / rowHeight) - 1),
    reveal,
  };
}
