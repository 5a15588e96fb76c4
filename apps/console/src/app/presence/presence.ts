import { createStore, type StoreApi } from "zustand/vanilla";

/** Whether the server that served the page answers. */
export type Presence =
  | { readonly kind: "unknown" }
  | { readonly kind: "ready" }
  /** `attempts` failed in a row. */
  | { readonly kind: "away"; readonly attempts: number };

/** What watching the server needs of the page. */
export interface WatchPresenceOptions {
  /** Whether the server answers; must settle by itself. */
  readonly isHealthy: () => Promise<boolean>;
  readonly isHidden: () => boolean;
  /** Tells of `visibilitychange`, `online` and `offline`. */
  readonly page: EventTarget;
}

/** A watch on the server. */
export interface PresenceWatch {
  readonly store: StoreApi<Presence>;
  /** Asks now, as when a call just failed to reach the server. */
  check(): void;
}

const calmMs = 10_000;
const firstRetryMs = 2_000;
const longestRetryMs = 15_000;

/** Asks every ten seconds while all is well; else after two seconds and then ever less often. Rests while hidden. */
export function watchPresence({ isHealthy, isHidden, page }: WatchPresenceOptions): PresenceWatch {
  const store = createStore<Presence>(() => ({ kind: "unknown" }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  const ask = async () => {
    clearTimeout(timer);
    if (isAsking || isHidden()) {
      return;
    }
    isAsking = true;
    const isReady = await isHealthy().catch(() => false);
    isAsking = false;
    store.setState((last) => nextPresence(last, isReady), true);
    timer = setTimeout(ask, delayAfter(store.getState()));
  };
  for (const event of ["visibilitychange", "online", "offline"]) {
    page.addEventListener(event, () => void ask());
  }
  void ask();
  return { store, check: () => void ask() };
}

function nextPresence(last: Presence, isReady: boolean): Presence {
  if (isReady) {
    return last.kind === "ready" ? last : { kind: "ready" };
  }
  return { kind: "away", attempts: last.kind === "away" ? last.attempts + 1 : 1 };
}

function delayAfter(presence: Presence): number {
  const backoff = 1.5;
  return presence.kind === "away"
    ? Math.min(longestRetryMs, firstRetryMs * backoff ** (presence.attempts - 1))
    : calmMs;
}
