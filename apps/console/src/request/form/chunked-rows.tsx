import { type FocusEvent, Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import classes from "./form.module.css";
import type { FormPlace } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";

/** Props of `ChunkedRows`. */
export interface ChunkedRowsProps {
  readonly count: number;
  /** About how high a row is, in pixels, until it has been drawn. */
  readonly rowHeight: number;
  readonly render: (position: number) => ReactNode;
  /** What tells a row from others; its position by default. */
  readonly keyOf?: (position: number) => string | number;
  /** The position of the row that a place is in; undefined where it is in none. */
  readonly find: (place: FormPlace) => number | undefined;
}

/** How many rows are drawn together. */
const chunkSize = 40;

/** Fewer rows are always drawn. */
const mostUnchunked = 60;

/** How far from what is in sight rows are drawn: room enough to move the focus on and on. */
const margin = "900px 0px";

/**
 * Rows that are drawn in chunks as they come near what is in sight, and given up again when they are far from it. A chunk
 * that is not drawn keeps its place, and draws its rows as soon as the focus comes to it: the Tab key passes through all.
 */
export function ChunkedRows({ count, rowHeight, render, keyOf = itself, find }: ChunkedRowsProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<number, number>());
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(() => new Set([0]));
  const revealed = useStore(useFormSession().memory.view, (view) => view.revealed);
  const isChunked = count > mostUnchunked;
  const revealedRow = isChunked && revealed !== undefined ? find(revealed) : undefined;
  const chunks = Math.ceil(count / chunkSize);

  useEffect(() => {
    const element = frame.current;
    if (!isChunked || element === null) {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => setDrawn((before) => afterMove(before, entries, heights.current)),
      { root: element.closest("[data-form-scroll]"), rootMargin: margin },
    );
    for (const chunk of Array.from(element.children).slice(0, chunks)) {
      observer.observe(chunk);
    }
    return () => observer.disconnect();
  }, [isChunked, chunks]);

  const row = (position: number) => <Fragment key={keyOf(position)}>{render(position)}</Fragment>;
  if (!isChunked) {
    return <>{Array.from({ length: count }, (_, position) => row(position))}</>;
  }
  const isDrawn = (chunk: number) =>
    drawn.has(chunk) || (revealedRow !== undefined && Math.floor(revealedRow / chunkSize) === chunk);
  return (
    <div ref={frame}>
      {Array.from({ length: chunks }, (_, chunk) => {
        const first = chunk * chunkSize;
        const end = Math.min(count, first + chunkSize);
        const isShown = isDrawn(chunk);
        const height = heights.current.get(chunk) ?? (end - first) * rowHeight;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a chunk is its place.
          <div key={chunk} className={classes.chunk} data-chunk={chunk}>
            {isShown ? (
              Array.from({ length: end - first }, (_, at) => row(first + at))
            ) : (
              <button
                type="button"
                className={classes.undrawn}
                style={{ height }}
                aria-label={t("form.undrawn", { first: first + 1, end })}
                onFocus={(event) => {
                  setDrawn((before) => new Set(before).add(chunk));
                  moveFocusInto(event);
                }}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

function itself(position: number): number {
  return position;
}

/** Which chunks are drawn once these have come near or gone far. What holds the focus stays. */
function afterMove(
  before: ReadonlySet<number>,
  entries: readonly IntersectionObserverEntry[],
  heights: Map<number, number>,
): ReadonlySet<number> {
  const drawn = new Set(before);
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    const chunk = Number(target.getAttribute("data-chunk"));
    if (isIntersecting) {
      drawn.add(chunk);
    } else if (!target.contains(document.activeElement) && boundingClientRect.height > 0) {
      heights.set(chunk, boundingClientRect.height);
      drawn.delete(chunk);
    }
  }
  return drawn.size === before.size && [...drawn].every((chunk) => before.has(chunk)) ? before : drawn;
}

const focusable =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex='0']";

/** Hands the focus on to the first control of a chunk that is being drawn, or to its last one when it came from below. */
function moveFocusInto({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void {
  const chunk = currentTarget.parentElement;
  const isFromBelow =
    relatedTarget instanceof Node &&
    (currentTarget.compareDocumentPosition(relatedTarget) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  requestAnimationFrame(() => {
    const controls = [...(chunk?.querySelectorAll<HTMLElement>(focusable) ?? [])];
    controls.at(isFromBelow ? -1 : 0)?.focus();
  });
}
