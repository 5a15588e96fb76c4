import type { ConsolePage } from "@switchboard/e2e/testing/console-page.ts";
import type { PageFigure } from "./page-figure.ts";
import type { PageSubject } from "./page-subject.ts";

/** The longest that a method may take to open, in milliseconds. */
const openLimitMs = 100;

const rounds = 12;
const patience = { timeout: 60_000 };

/** How long a method of a schema of 5,000 types takes from the click to the frame that shows its request; beside a built-in one. */
export async function measureOpening(subject: PageSubject): Promise<readonly PageFigure[]> {
  const large = await timeOpening(subject, "large/large.p7.Service7/Method0", (round) => `Method${round + 1}`);
  const names = ["hellojlc", "ArticleDetail", "GetGpuNum", "Test", "ArticleCreate", "method"];
  const local = await timeOpening(subject, "local/Greeter/SayHello", (round) => names[round % names.length] ?? "");
  return [
    {
      what: "a method of a schema of 5,000 types opens",
      times: large,
      limitMs: openLimitMs,
      held: "median",
      peer: { what: "a built-in method", times: local },
    },
  ];
}

async function timeOpening(
  subject: PageSubject,
  route: string,
  nameOf: (round: number) => string,
): Promise<readonly number[]> {
  const view = await subject.open(route);
  const { page } = view;
  // What is loaded once, such as the form's own code, doesn't count.
  await view.form.waitFor(patience);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const name = nameOf(round);
    await page
      .getByRole("treeitem", { name: new RegExp(` ${name}( |$)`) })
      .first()
      .scrollIntoViewIfNeeded();
    times.push(await timeClick(view, name));
  }
  await page.context().close();
  return times;
}

/** Runs in the page, so that nothing asks the page meanwhile. */
function timeClick({ page }: ConsolePage, name: string): Promise<number> {
  return page.evaluate(`(async () => {
    const items = [...document.querySelectorAll('[role="treeitem"][aria-level="2"]')];
    const item = items.find((node) => [...node.querySelectorAll("span")].some((part) => part.textContent === "${name}"));
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(undefined);
    }));
    const isShown = () =>
      document.querySelector("h2")?.textContent.endsWith("/ ${name}") && document.querySelector('#call-panel [role="form"]') !== null;
    const began = performance.now();
    item.click();
    do { await frame(); } while (!isShown() && performance.now() - began < 10_000);
    return performance.now() - began;
  })()`);
}
