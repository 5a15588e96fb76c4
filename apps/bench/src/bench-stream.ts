import { existsSync } from "node:fs";
import { join } from "node:path";
import { openBrowser } from "@switchboard/e2e/testing/open-browser.ts";
import { startServer } from "@switchboard/e2e/testing/start-server.ts";
import { summarize } from "./measure.ts";

type BrowserPage = Awaited<ReturnType<Awaited<ReturnType<typeof openBrowser>>["open"]>>["page"];

/** How many messages go each way, in turn. */
const counts = [10_000, 100_000];

/** How long the idle page is watched, in milliseconds: the peer of each run, on the same machine in the same minute. */
const idleMs = 3_000;

/** How long a run may take, in milliseconds. */
const patienceMs = 180_000;

const builtPage = join(import.meta.dirname, "../../console/dist/index.html");

/** Runs in the page: notes the time between frames in `frameGaps`, in milliseconds. */
const watchFrames = `(() => {
  window.frameGaps = [];
  let last = performance.now();
  requestAnimationFrame(function note(now) {
    frameGaps.push(now - last);
    last = now;
    requestAnimationFrame(note);
  });
})()`;

interface Run {
  readonly ms: number;
  readonly gaps: readonly number[];
}

/**
 * Presses *Send ×* on an open stream, and waits for the last answer. All of it runs in the page, so that nothing asks the
 * page while it is measured.
 */
async function runRepeated(page: BrowserPage, count: number): Promise<Run> {
  await page.getByRole("textbox", { name: "How many times" }).fill(String(count));
  return await page.evaluate(`(async () => {
    const received = () => document.querySelector('[title="Messages and bytes received"]')?.textContent ?? "";
    const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent.startsWith("Send ×"));
    frameGaps.length = 0;
    const startedAt = performance.now();
    button.click();
    while (!received().startsWith("↓ ${count.toLocaleString("en")} ")) {
      if (performance.now() - startedAt > ${patienceMs}) {
        throw new Error("not all of ${count} messages were answered: " + received());
      }
      await new Promise(requestAnimationFrame);
    }
    return { ms: performance.now() - startedAt, gaps: frameGaps.slice() };
  })()`);
}

async function watchIdle(page: BrowserPage): Promise<Run> {
  return await page.evaluate(`new Promise((resolve) => {
    frameGaps.length = 0;
    setTimeout(() => resolve({ ms: ${idleMs}, gaps: frameGaps.slice() }), ${idleMs});
  })`);
}

function describeRun(name: string, { ms, gaps }: Run, messages: number) {
  const { median, p95, max } = summarize(gaps);
  return {
    run: name,
    seconds: (ms / 1000).toFixed(1),
    "messages/s each way": messages === 0 ? "" : Math.round((messages / ms) * 1000),
    frames: gaps.length,
    "median ms": median.toFixed(1),
    "p95 ms": p95.toFixed(1),
    "worst ms": max.toFixed(1),
  };
}

/** Prints how fast messages go both ways through the page, and how evenly it draws meanwhile, beside the page at rest. */
export async function benchStream(): Promise<void> {
  if (!existsSync(builtPage)) {
    throw new Error("the page was not built: run `npm run build`");
  }
  await using server = await startServer();
  await using browser = await openBrowser();
  const rows: ReturnType<typeof describeRun>[] = [];
  for (const count of counts) {
    const { page } = await browser.open(`${server.url}#/local/test.demo/TestTwoWayStream`);
    await page.getByRole("form").waitFor();
    await page.getByRole("button", { name: /^Open stream/ }).click();
    await page.evaluate(watchFrames);
    rows.push(describeRun("at rest", await watchIdle(page), 0));
    rows.push(describeRun(`${count} messages`, await runRepeated(page, count), count));
    await page.context().close();
  }
  console.table(rows);
}
