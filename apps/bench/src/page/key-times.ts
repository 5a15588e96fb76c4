import type { ConsolePage } from "@switchboard/e2e/testing/console-page.ts";

type BrowserPage = ConsolePage["page"];

/**
 * Presses keys one after the other, and answers for each how long it took from the key to the end of the frame that shows
 * it, in milliseconds. The browser's own clock of the event counts, so that waiting for the page counts too.
 */
export async function timeKeys(page: BrowserPage, keys: readonly string[]): Promise<readonly number[]> {
  await page.evaluate(watchKeys);
  const times: number[] = [];
  for (const key of keys) {
    await page.keyboard.press(key);
    times.push(await page.evaluate("window.keyShown"));
  }
  return times;
}

/** Runs in the page: `keyShown` resolves with the time of the newest key once its frame was drawn. */
const watchKeys = `window.isWatchingKeys ??= (addEventListener("keydown", ({ timeStamp }) => {
  window.keyShown = new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now() - timeStamp);
    port2.postMessage(undefined);
  }));
}, true), true)`;
