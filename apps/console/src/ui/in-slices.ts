/** How long the page may be kept from drawing and from taking keys, in milliseconds. */
const sliceMs = 8;

/**
 * Runs `steps` to their end, with a pause for the page after each slice of 8 ms. A step takes far less than that.
 *
 * @returns what the steps return; undefined where `signal` ended them first
 */
export async function inSlices<T>(
  steps: Generator<unknown, T, undefined>,
  signal: AbortSignal,
): Promise<T | undefined> {
  let until = performance.now() + sliceMs;
  while (!signal.aborted) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
    if (performance.now() >= until) {
      await pause();
      until = performance.now() + sliceMs;
    }
  }
  return undefined;
}

/** Lets the page do whatever waits. A message of a channel is no timer, which browsers slow down. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
