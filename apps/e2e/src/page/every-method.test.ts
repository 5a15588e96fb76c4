import { describe, expect, test } from "vitest";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite({ flags: ["--gpu-count", "24"] });

const unaryMethods = [
  { method: "SayHello", answer: { message: "Hello, Ada!" } },
  { method: "Test", answer: { message: "Test ok: Ada" } },
  {
    method: "ArticleList",
    answer: {
      articles: expect.arrayContaining([
        { id: 100, title: "xx", content: "yy", createTime: "2030-10-10 00:00:00" },
        { id: 101, title: "11", content: "22", createTime: "2030-10-10 00:00:00" },
      ]),
    },
  },
  {
    method: "ArticleDetail",
    answer: { article: { id: 100, title: "xx", content: "yy", createTime: "2030-10-10 00:00:00" } },
  },
  {
    method: "ArticleCreate",
    answer: { article: expect.objectContaining({ title: "A new article", content: "Written by hand." }) },
  },
  { method: "GetGpuNum", answer: { count: 24 } },
  { method: "hellojlc", answer: { result: "my name is Ada, i am 36 years old" } },
  { method: "method", answer: { result1: "res1-java-client->py-server", result2: "res1-java-client->py-server" } },
];

test.each([
  { language: "en", theme: "light" },
  { language: "en", theme: "dark" },
  { language: "zh-CN", theme: "light" },
  { language: "zh-CN", theme: "dark" },
] as const)("in $language, $theme, every unary method answers its untouched example", async (look) => {
  const view = await suite.open(look);
  for (const { method, answer } of unaryMethods) {
    await view.openMethod(method);
    await view.press(view.words.send);
    await view.expectStatus(`OK 0${view.words.gloss.OK}`);
    expect(await view.message(), method).toEqual(answer);
  }
  expect(await view.page.locator("html").getAttribute("data-mantine-color-scheme")).toBe(look.theme);
});

describe.each([
  { language: "en", theme: "light" },
  { language: "zh-CN", theme: "dark" },
] as const)("in $language, $theme", (look) => {
  test("a server stream is watched until it is cancelled", async () => {
    const view = await suite.open(look);
    const { words, rows } = view;
    await view.openMethod("TestClientRecvStream");
    await view.press(words.send);
    await view.expectReceived(2);
    expect((await rowTexts(view)).slice(0, 3)).toEqual([
      '{"data":"tick"}',
      '{"result":"send 1 tick"}',
      '{"result":"send 2 tick"}',
    ]);
    await view.press(words.cancel);
    await view.expectStatus(`CANCELLED 1${words.gloss.CANCELLED}`);
    expect(await rows.count()).toBeGreaterThanOrEqual(3);
  });

  test("a client stream is answered after its half-close", async () => {
    const view = await suite.open(look);
    const { words, response } = view;
    await view.openMethod("TestClientSendStream");
    await view.press(words.openAndSend);
    await expect.poll(() => response.getByTitle(words.sentFigures).innerText(), soon).toMatch(/^↑ 3 · /);
    await view.press(words.halfClose);
    await view.expectStatus(`OK 0${words.gloss.OK}`);
    expect(await rowTexts(view)).toEqual(['{"data":"one"}', '{"data":"two"}', '{"data":"three"}', '{"result":"ok"}']);
  });

  test("a bidirectional stream answers message by message until its half-close", async () => {
    const view = await suite.open(look);
    const { words } = view;
    await view.openMethod("TestTwoWayStream");
    await view.press(words.openStream);
    await view.response.getByText(words.open, { exact: true }).waitFor(soon);
    const conversation: string[] = [];
    for (const data of ["hello", "再来", "<b>"]) {
      if (data !== "hello") {
        await view.type(JSON.stringify({ data }));
      }
      await view.press(words.sendMessage);
      conversation.push(JSON.stringify({ data }), JSON.stringify({ result: `service send client ${data}` }));
      await expect.poll(() => rowTexts(view), soon).toEqual(conversation);
    }
    await view.press(words.halfClose);
    await view.expectStatus(`OK 0${words.gloss.OK}`);
    expect(await rowTexts(view)).toEqual(conversation);
  });
});

/** What each row of the stream says. */
function rowTexts({ rows }: ConsolePage): Promise<string[]> {
  return rows.evaluateAll((elements) => elements.map((element) => element.lastElementChild?.textContent ?? ""));
}
