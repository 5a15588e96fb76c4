/** Behind the newest key, and before the eye has left the line: milliseconds. */
const restMs = 200;

/** Runs a task once the page has had nothing to do since a moment ago. Answers what calls it off. */
export function whenIdle(task: () => void): () => void {
  let idle: number | undefined;
  const timer = setTimeout(() => {
    if ("requestIdleCallback" in globalThis) {
      idle = requestIdleCallback(task, { timeout: 1_000 });
    } else {
      task();
    }
  }, restMs);
  return () => {
    clearTimeout(timer);
    if (idle !== undefined) {
      cancelIdleCallback(idle);
    }
  };
}
