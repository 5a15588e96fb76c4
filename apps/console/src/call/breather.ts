/** Half a frame, in milliseconds: so long a loop may go on before the page gets its turn. */
const longestTurnMs = 8;

/**
 * Creates what a loop over many messages asks between two of them. It answers a promise to wait for once the loop has
 * held the page for 8 ms, so that the page can draw and listen, and undefined before that. Promises alone never let
 * the page have its turn.
 */
export function createBreather(now: () => number = () => performance.now()): () => Promise<void> | undefined {
  let since = now();
  return () => {
    if (now() - since < longestTurnMs) {
      return undefined;
    }
    return nextTask().then(() => {
      since = now();
    });
  };
}

/** Resolves in a task of its own: by a message, since browsers hold back timers, in a hidden page by a second. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
