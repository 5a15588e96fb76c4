import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { callLines } from "../testing/call-lines.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

/** As long as a run of many messages may take on a busy machine. */
const longRun = { timeout: 45_000 };

/** More rows than a list of any height draws. */
const mostDrawnRows = 100;

/** The longest that the page may go without a frame while messages rush in. */
const longestGapMs = 1_000;

/** Notes the time between frames until `stop` is called, which answers the gaps in milliseconds, longest first. */
async function watchFrames({ page }: ConsolePage): Promise<{ stop(): Promise<number[]> }> {
  await page.evaluate(`
    window.frameGaps = [];
    let last = performance.now();
    const onFrame = (now) => {
      frameGaps.push(now - last);
      last = now;
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  `);
  return {
    async stop() {
      const gaps: number[] = await page.evaluate("frameGaps");
      return gaps.sort((a, b) => b - a);
    },
  };
}

async function sendRepeated(view: ConsolePage, count: number): Promise<void> {
  await view.press("Open stream");
  await view.page.getByRole("textbox", { name: "How many times" }).fill(String(count));
  await view.press("Send ×");
}

test("a server stream appends as it comes, and stops at the server when it is cancelled", async () => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  await view.press("Send");
  for (const count of [1, 2, 3]) {
    await view.expectReceived(count);
    expect(await view.rows.count()).toBeGreaterThanOrEqual(count + 1);
  }
  expect(await view.rows.nth(3).innerText()).toContain('{"result":"send 3 tick"}');
  await view.response.getByText("Open", { exact: true }).waitFor(soon);

  const before = callLines(suite.server).length;
  const cancelledAt = Date.now();
  await view.press("Cancel");
  await view.expectStatus("CANCELLED 1");
  await view.response.getByText("This page ended the call.").waitFor(soon);
  await expect.poll(() => callLines(suite.server).length, soon).toBe(before + 1);
  const line = callLines(suite.server).at(-1);
  expect(line).toMatchObject({ method: "/test.demo/TestClientRecvStream", status: "CANCELLED" });
  // Most of it is the browser's own way to the press of the button, on a machine that is busy.
  expect((line?.at ?? Number.NaN) - cancelledAt).toBeLessThan(5_000);
});

test("the server's own end of a stream is told as such", async () => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  await view.type('{"data": "close"}');
  await view.press("Send");
  await view.expectStatus("CANCELLED 1");
  await view.response.getByText("The server ended the call.").waitFor(soon);
});

test("ten thousand messages are answered in order, on a page that stays smooth", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  await view.showView("json");
  const frames = await watchFrames(view);
  const startedAt = performance.now();
  await sendRepeated(view, 10_000);
  await expect.poll(() => view.rows.count(), soon).toBeGreaterThan(0);
  expect(await view.rows.count()).toBeLessThan(mostDrawnRows);
  await view.expectReceived(10_000, longRun);
  const tookMs = performance.now() - startedAt;
  const [longest = 0, second = 0] = await frames.stop();
  process.stdout.write(
    `10,000 messages both ways: ${Math.round(tookMs)} ms; longest gaps between frames: ${Math.round(longest)} ms, ${Math.round(second)} ms\n`,
  );
  expect(longest).toBeLessThan(longestGapMs);
  expect(await view.rows.count()).toBeLessThan(mostDrawnRows);

  const downloaded = view.page.waitForEvent("download");
  await view.press("Export as NDJSON");
  const text = await readFile(await (await downloaded).path(), "utf8");
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events).toHaveLength(20_000);
  for (const direction of ["sent", "received"]) {
    const ordinals = events.filter((event) => event.direction === direction).map((event) => event.ordinal);
    expect(ordinals).toEqual(Array.from({ length: 10_000 }, (_, at) => at + 1));
  }
  expect(isAnsweredAfterSent(events)).toBe(true);

  await view.press("Half-close");
  await view.expectStatus("OK 0");
});

/** Whether no answer stands before the message that it answers. */
function isAnsweredAfterSent(events: readonly { direction: string }[]): boolean {
  let unanswered = 0;
  return events.every(({ direction }) => {
    unanswered += direction === "sent" ? 1 : -1;
    return unanswered >= 0;
  });
}

test("a stream that outgrows the view says how much was dropped, and is counted whole", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  const startedAt = performance.now();
  await sendRepeated(view, 15_000);
  await view.expectReceived(15_000, longRun);
  process.stdout.write(`15,000 messages both ways: ${Math.round(performance.now() - startedAt)} ms\n`);
  await view.response.getByText("10,000 earlier messages dropped from view").waitFor(soon);
  expect(await view.response.getByTitle("Messages and bytes sent").innerText()).toMatch(/^↑ 15,000 · /);
  await view.response.getByText("15,000", { exact: true }).last().waitFor(soon);
  expect(await view.rows.count()).toBeLessThan(mostDrawnRows);
  await view.press("Cancel");
  await view.expectStatus("CANCELLED 1");
});

test("sending many times can be stopped, and the stream goes on", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  await sendRepeated(view, 100_000);
  await view.press("Stop sending");
  await expect.poll(() => view.button("Stop sending").count(), soon).toBe(0);
  await view.type('{"data": "the last"}');
  await view.press("Send message");
  await view.response.getByText('{"result":"service send client the last"}').waitFor(longRun);
  await view.press("Half-close");
  await view.expectStatus("OK 0");
});

test("a paused view stands still and tells of newer messages; the filter narrows it", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  await view.press("Open and send");
  await view.expectReceived(1);
  await view.press("Pause the view");
  await view.type('{"data": "world"}');
  await view.press("Send message");
  await view.response.getByText("Paused: 2 newer messages are kept").waitFor(soon);
  expect(await view.rows.count()).toBe(2);
  await view.press("Resume the view");
  await expect.poll(() => view.rows.count(), soon).toBe(4);
  await view.response.getByRole("searchbox", { name: "Filter messages" }).fill("CLIENT W");
  await expect.poll(() => view.rows.count(), soon).toBe(1);
  expect(await view.rows.innerText()).toContain("service send client world");
  await view.response.getByText("1 of 4").waitFor(soon);
});
