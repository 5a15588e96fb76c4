/** What the browser tells of one request that it made. */
export interface RequestTimes {
  /** When a connection was ready for the request, in milliseconds since 1970; undefined where it keeps that to itself. */
  readonly connectedAt: number | undefined;
  /** The length of the response's body before HTTP's own decompression; undefined where it keeps that to itself. */
  readonly encodedBytes: number | undefined;
}

/** The browser's timing of one request, which it tells once the response has ended. */
export interface ResourceTiming {
  /** Waits so many milliseconds at most; undefined where the browser told nothing by then. */
  read(patienceMs: number): Promise<RequestTimes | undefined>;
  /** Watches no more. */
  stop(): void;
}

/** What watches for the timing of a request. */
export interface ResourceTimingOptions {
  readonly observer: typeof PerformanceObserver;
  readonly clock: Pick<Performance, "now" | "timeOrigin">;
}

/** Clocks of requests are coarser than the page's: by so many milliseconds a request can seem to begin too early. */
const coarseMs = 2;

/** A request that begins so many milliseconds later is another one to the same address. */
const maxDelayMs = 50;

/** Begins to watch for the timing of a request to `url`, an absolute address, that is about to be made. */
export function watchResourceTiming(url: string, { observer: Observer, clock }: ResourceTimingOptions): ResourceTiming {
  const found = Promise.withResolvers<RequestTimes | undefined>();
  const startedAt = clock.now();
  const observer = new Observer((list) => {
    for (const entry of list.getEntriesByName(url, "resource")) {
      const delay = entry.startTime - startedAt;
      if (delay > -coarseMs && delay < maxDelayMs) {
        observer.disconnect();
        found.resolve(readTimes(entry, clock));
      }
    }
  });
  observer.observe({ type: "resource" });
  return {
    read: (patienceMs) => Promise.race([found.promise, nothingAfter(patienceMs)]),
    stop() {
      observer.disconnect();
      found.resolve(undefined);
    },
  };
}

function readTimes(entry: PerformanceEntry, { timeOrigin }: ResourceTimingOptions["clock"]): RequestTimes {
  const { requestStart = 0, encodedBodySize = 0 } = entry as Partial<PerformanceResourceTiming>;
  return {
    connectedAt: requestStart > 0 ? timeOrigin + requestStart : undefined,
    encodedBytes: encodedBodySize > 0 ? encodedBodySize : undefined,
  };
}

function nothingAfter(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined);
  });
}
