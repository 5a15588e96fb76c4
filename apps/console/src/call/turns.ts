/**
 * The turns of the page's event loop. Whoever works through many messages shares one, and takes a rest once the turn is
 * spent, so that frames are drawn and keys are heard meanwhile.
 */
export interface Turns {
  /** Runs a function in a turn of its own, as soon as what waits already has run. */
  readonly next: (callback: () => void) => void;
  /** Whether the present turn has lasted as long as one may. */
  isSpent(): boolean;
  /** Resolves in a later turn. */
  rest(): Promise<void>;
}

/** What turns are made of. */
export interface TurnsOptions {
  /** Puts a task behind those that wait: a message channel's in the page, where timers are throttled. */
  readonly post: (task: () => void) => void;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  /** How long a turn may last in milliseconds. Default 5. */
  readonly budgetMs?: number;
}

/** Creates the turns of one event loop. A turn counts from the first question about it. */
export function createTurns({ post, now, budgetMs = 5 }: TurnsOptions): Turns {
  let startedAt: number | undefined;
  const begin = () => {
    startedAt = undefined;
  };
  return {
    next: post,
    isSpent() {
      if (startedAt === undefined) {
        startedAt = now();
        post(begin);
        return false;
      }
      return now() - startedAt >= budgetMs;
    },
    rest: () =>
      new Promise((resolve) => {
        post(() => {
          // Of two that rest, the second must not find the turn that the first has spent since.
          begin();
          resolve();
        });
      }),
  };
}
