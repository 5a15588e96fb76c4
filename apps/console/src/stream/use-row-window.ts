import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type RowWindow, rowHeight, rowWindow, tailTop } from "./row-window.ts";

/** How a list of rows stands. */
export interface ListPlace {
  /** How many rows there are. */
  readonly count: number;
  /** How many rows were dropped from the list's beginning so far. */
  readonly dropped: number;
  /** Whether the list keeps to its end. */
  readonly isFollowing: boolean;
  /** The list was scrolled away from its end by hand. */
  readonly onLeaveTail: () => void;
}

/** The part of a list that is drawn. */
export interface DrawnRows extends RowWindow {
  /** The element that scrolls. */
  readonly list: RefObject<HTMLDivElement | null>;
  /** For the element's scroll events. */
  readonly onScroll: () => void;
  /** Scrolls as little as it takes to bring a row in sight. */
  reveal(row: number): void;
}

/**
 * Follows a list of rows. A list that keeps to its end is drawn there before it is scrolled there: rows that pour in are
 * drawn once a frame and not again at the scroll event.
 */
export function useRowWindow({ count, dropped, isFollowing, onLeaveTail }: ListPlace): DrawnRows {
  const list = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [scrolledTo, setScrolledTo] = useState(0);
  const lastDropped = useRef(dropped);
  const tail = tailTop({ count, height });

  useEffect(() => {
    const element = list.current;
    if (element === null) {
      return;
    }
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (isFollowing && list.current !== null) {
      list.current.scrollTop = tail;
    }
  }, [isFollowing, tail]);

  useLayoutEffect(() => {
    const element = list.current;
    if (element !== null && !isFollowing) {
      // What was dropped stood above: the rows in sight stay where they are.
      if (dropped > lastDropped.current) {
        element.scrollTop -= (dropped - lastDropped.current) * rowHeight;
      }
      setScrolledTo(firstRowAt(element.scrollTop));
    }
    lastDropped.current = dropped;
  }, [isFollowing, dropped]);

  return {
    list,
    ...rowWindow({ count, height, firstInSight: isFollowing ? undefined : scrolledTo }),
    onScroll() {
      const element = list.current;
      if (element === null) {
        return;
      }
      const { scrollTop, scrollHeight, clientHeight } = element;
      if (!isFollowing) {
        setScrolledTo(firstRowAt(scrollTop));
      } else if (scrollTop < Math.min(tail, scrollHeight - clientHeight) - rowHeight) {
        onLeaveTail();
      }
    },
    reveal(row) {
      const element = list.current;
      if (element !== null) {
        const top = row * rowHeight;
        const lowest = top + rowHeight - element.clientHeight;
        element.scrollTop = Math.min(top, Math.max(element.scrollTop, lowest));
      }
    },
  };
}

function firstRowAt(scrollTop: number): number {
  return Math.floor(scrollTop / rowHeight);
}
