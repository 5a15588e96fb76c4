import type { ConsolePage } from "@switchboard/e2e/testing/console-page.ts";
import type { PageFigure } from "./page-figure.ts";
import type { PageSubject } from "./page-subject.ts";

/** An answer of 100,000 rows, over 20 MB. */
const request = { rows: 100_000, textLength: 180 };

/** The longest until the answer is in sight after it has come, in milliseconds. */
const shownLimitMs = 1_500;

/** 60 frames a second, with a millisecond for the browser's own clock. */
const frameLimitMs = 1000 / 60 + 1;

const rounds = 3;
const patience = { timeout: 120_000 };

/** How long an answer of 20 MB takes to be in sight, how long the page stands still meanwhile, and how evenly it scrolls. */
export async function measureAnswers(subject: PageSubject): Promise<readonly PageFigure[]> {
  const view = await subject.open("echo/switchboard.testing.v1.EchoService/Large");
  await view.type(JSON.stringify(request));
  const whole: number[] = [];
  const shown: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const times = await timeAnswer(view);
    whole.push(times.wholeMs);
    shown.push(times.shownMs);
  }
  const idle = await frameGaps(view, "none");
  const figures: PageFigure[] = [
    { what: "an answer of 20 MB, from Send to sight", times: whole, limitMs: shownLimitMs, held: "median" },
    { what: "the same, from its last byte to sight", times: shown, limitMs: shownLimitMs, held: "median" },
  ];
  for (const kind of ["table", "json"] as const) {
    const shownAs = view.response.getByRole("group", { name: "Shown as" });
    await shownAs.getByRole("button", { name: kind === "table" ? "Table" : "JSON", exact: true }).click();
    await view.response
      .getByRole(kind === "table" ? "grid" : "tree")
      .first()
      .waitFor(patience);
    const gaps = await frameGaps(view, kind);
    figures.push({
      what: `a frame while its ${kind === "table" ? "table" : "JSON"} scrolls`,
      times: gaps,
      limitMs: frameLimitMs,
      held: "median",
      peer: { what: "the page at rest", times: idle },
    });
  }
  await view.page.context().close();
  return figures;
}

/** Sends, and waits for the first row to be drawn. All of it runs in the page, so that nothing asks the page meanwhile. */
async function timeAnswer({ page, button }: ConsolePage): Promise<{ wholeMs: number; shownMs: number }> {
  await button("Send").waitFor(patience);
  return await page.evaluate(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(undefined);
    }));
    const response = () => document.querySelector('section[aria-label="Response"]');
    const isShown = () => response()?.textContent.includes("row 1") && response().textContent.includes("OK 0");
    const send = [...document.querySelectorAll("button")].find(({ textContent }) => textContent.startsWith("Send"));
    const began = performance.now();
    send.click();
    await frame();
    while (!isShown()) {
      if (performance.now() - began > 60_000) {
        throw new Error("no row of the answer came into sight");
      }
      await frame();
    }
    const wholeMs = performance.now() - began;
    const fetched = performance.getEntriesByType("resource").findLast(({ name }) => name.endsWith("/Large"));
    return { wholeMs, shownMs: performance.now() - (fetched?.responseEnd ?? began) };
  })()`);
}

/** The time between frames over two seconds, while the answer's list scrolls by half its height a frame, or at rest. */
async function frameGaps({ page }: ConsolePage, what: "none" | "table" | "json"): Promise<readonly number[]> {
  return await page.evaluate(`(async () => {
    const response = document.querySelector('section[aria-label="Response"]');
    const scrolls = [...response.querySelectorAll("*")].filter((node) => node.scrollHeight > node.clientHeight + 1_000);
    const list = scrolls.at(-1);
    if (${what !== "none"} && list === undefined) {
      throw new Error("nothing of the answer scrolls");
    }
    const gaps = [];
    let last = performance.now();
    const began = last;
    while (last - began < 2_000) {
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      ${what === "none" ? "" : "list.scrollTop += list.clientHeight / 2;"}
    }
    return gaps.slice(1);
  })()`);
}
