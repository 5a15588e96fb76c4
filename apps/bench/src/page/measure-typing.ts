import type { ConsolePage } from "@switchboard/e2e/testing/console-page.ts";
import { timeKeys } from "./key-times.ts";
import type { PageFigure } from "./page-figure.ts";
import { type PageSubject, wideFields } from "./page-subject.ts";

/** The longest that a key may take, in milliseconds. */
const keyLimitMs = 50;

/** What is typed: letters with a pause after each, as the frame that shows it is waited for. */
const letters = [..."the quick brown fox jumps over it"].map((letter) => (letter === " " ? "Space" : letter));

const patience = { timeout: 60_000 };

/** How long a key takes in a form of 2,000 fields, with every field set, and in JSON of 1 MB; beside a bare field. */
export async function measureTyping(subject: PageSubject): Promise<readonly PageFigure[]> {
  const bare = await timeBareField(subject);
  const peer = { what: "a bare field", times: bare };
  const inForm = await timeForm(subject);
  const inJson = await timeJson(subject);
  return [
    { what: `a key in a form of ${wideFields} fields`, times: inForm, limitMs: keyLimitMs, held: "worst", peer },
    { what: "a key in JSON of 1 MB", times: inJson, limitMs: keyLimitMs, held: "worst", peer },
  ];
}

async function timeBareField(subject: PageSubject): Promise<readonly number[]> {
  const { page } = await subject.open();
  const filter = page.getByRole("searchbox", { name: "Filter methods" });
  await filter.focus();
  await page.evaluate(`document.body.append(Object.assign(document.createElement("input"), { id: "bare" }))`);
  await page.locator("#bare").focus();
  const times = await timeKeys(page, letters);
  await page.context().close();
  return times;
}

async function timeForm(subject: PageSubject): Promise<readonly number[]> {
  const view = await subject.open("wide/wide.WideService/Echo");
  const { page, request } = view;
  await view.type(wideText());
  await view.showView("form");
  const field = request.getByRole("textbox", { name: "field_40", exact: true });
  await field.waitFor(patience);
  await field.focus();
  await field.press("End");
  const times = await timeKeys(page, letters);
  await page.context().close();
  return times;
}

/** Every field of the wide message with a value. */
function wideText(): string {
  const members = Array.from({ length: wideFields }, (_, at) => [`field${at}`, at % 2 === 0 ? `text ${at}` : at]);
  return JSON.stringify(Object.fromEntries(members), null, 2);
}

async function timeJson(subject: PageSubject): Promise<readonly number[]> {
  const view = await subject.open("echo/switchboard.testing.v1.EchoService/EchoNode");
  const { page } = view;
  await view.type(megabyteText());
  await putCaretIntoMiddle(view);
  const times = await timeKeys(page, letters);
  await page.context().close();
  return times;
}

/** A message of some ten thousand messages, over a megabyte of text. */
function megabyteText(): string {
  const children = Array.from({ length: 12_000 }, (_, at) => ({ name: `node ${at} ${"of the tree ".repeat(4)}` }));
  return JSON.stringify({ name: "root", children }, null, 2);
}

/** Puts the caret into a string in the middle of the text, as a click there would. */
async function putCaretIntoMiddle({ page, editor }: ConsolePage): Promise<void> {
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+Home");
  for (let pages = 0; pages < 20; pages++) {
    await page.keyboard.press("PageDown");
  }
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
}
