import { describe, expect, onTestFinished, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";
import { startNewerServer } from "../testing/start-newer-server.ts";

const suite = consoleSuite();
const later = { timeout: 30_000 };

/** The view's words, written down apart from its catalogues. */
const words = {
  en: {
    compare: "Compare",
    run: "Call over 4 wires",
    done: "12 calls done",
    agree: "The answers agree.",
    repeats: "Runs each",
  },
  "zh-CN": {
    compare: "对比",
    run: "通过 4 种协议调用",
    done: "已完成 12 次调用",
    agree: "响应一致。",
    repeats: "每种运行次数",
  },
} as const;

async function openCompare(options: Parameters<typeof suite.open>[0]): Promise<ConsolePage> {
  const view = await suite.open(options);
  await view.press(view.words.send);
  await view.expectStatus(`OK 0${view.words.gloss.OK}`);
  await view.response.getByRole("tab", { name: words[options?.language ?? "en"].compare, exact: true }).click();
  return view;
}

test("one call over every wire agrees, and what differs by protocol is explained", async () => {
  const { response } = await openCompare({ method: "ArticleService/ArticleList" });
  await response.getByRole("button", { name: words.en.run }).click();
  await response.getByText(words.en.done).waitFor(later);
  const table = response.getByRole("table", { name: "Each protocol’s answer" });
  expect(await table.getByRole("columnheader").allInnerTexts()).toEqual([
    "Connect (JSON)",
    "Connect (binary)",
    "gRPC-Web",
    "gRPC-Web over WebSocket",
  ]);
  await response.getByText(words.en.agree).waitFor(soon);
  await response.getByText("Each protocol has its own content type.").waitFor(soon);
});

test("a method that may have side effects is called only after a warning, by keyboard, and only as the server speaks", async () => {
  const server = await startNewerServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  const view = await suite.open();
  const { page, response } = view;
  await page.getByRole("textbox", { name: "Address" }).fill(server.host);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await page.getByRole("heading", { name: server.host.replace(":", "-") }).waitFor(later);
  await page.getByRole("treeitem", { name: / Get/ }).click(later);
  await view.press("Send");
  await view.expectStatus("OK 0");
  await response.getByRole("tab", { name: "Compare", exact: true }).click();
  await response.getByText("Connect (JSON): not compared, since this server doesn’t speak it.").waitFor(soon);
  await response.getByRole("combobox", { name: words.en.repeats }).selectOption("1");
  await response.getByRole("button", { name: "Call over 2 wires" }).press("Enter");
  await response
    .getByRole("alert")
    .getByText(/would be called 2 times/)
    .waitFor(soon);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await response.getByText("2 calls done").waitFor(later);
  await response.getByText(words.en.agree).waitFor(soon);
});

test("a stream that the page sends has nothing to be held against, and says why", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  await view.press("Open stream");
  await view.response.getByRole("tab", { name: "Compare", exact: true }).click();
  await view.response.getByText(/only WebSocket carries this kind/).waitFor(soon);
  await view.press("Cancel");
});

test("the newest answer stands beside an earlier one, changed lines marked", async () => {
  const view = await openCompare({ method: "Greeter/SayHello" });
  const { response } = view;
  await response.getByRole("button", { name: "Earlier answers" }).click();
  await response.getByText(/^Call twice to compare/).waitFor(soon);
  await view.type('{"name": "Grace"}');
  await view.press("Send");
  const table = response.getByRole("table", { name: "Messages line by line" });
  await table.getByText("Hello, Grace!").waitFor(soon);
  const changed = table.locator("[data-kind=changed]");
  expect((await changed.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim())).toEqual([
    '− Only earlier: "message": "Hello, Ada!" + Only newest: "message": "Hello, Grace!"',
  ]);
  await response.getByText("Differences that nothing explains: 1").waitFor(soon);
});

describe.each([
  { language: "en", theme: "dark", width: 900 },
  { language: "zh-CN", theme: "light", width: 1440 },
] as const)("in $language, $theme, $width wide", (look) => {
  test("axe finds nothing wrong with the comparison", async () => {
    const view = await openCompare({ ...look, method: "ArticleService/ArticleList" });
    const { run, done, agree } = words[look.language];
    await view.response.getByRole("button", { name: run }).click();
    await view.response.getByText(done).waitFor(later);
    await view.response.getByText(agree).waitFor(soon);
    expect(await violations(view)).toEqual([]);
    expect(await view.page.evaluate("document.documentElement.scrollWidth")).toBe(look.width);
  });
});
