import { afterAll, describe, expect, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite, type OpenConsoleOptions } from "../testing/console-suite.ts";
import type { H2cServer } from "../testing/serve-h2c.ts";
import { answerService, startAnswerServer } from "../testing/start-answer-server.ts";

let answers: H2cServer | undefined;
const suite = consoleSuite(async () => {
  answers = await startAnswerServer();
  return { flags: ["--target", `answers=h2c://${answers.host}`] };
});
afterAll(() => answers?.[Symbol.asyncDispose]());

/** Opens the page at `List`, and calls it for so many rows. */
async function list(rows: number, options: OpenConsoleOptions = {}): Promise<ConsolePage> {
  const view = await suite.open({ ...options, target: "answers", method: `${answerService}/List` });
  await view.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await view.type(JSON.stringify({ rows, bodyLength: 12 }));
  await view.press(view.words.send);
  await view.expectStatus(`OK 0${view.words.gloss.OK}`);
  await treeOf(view).waitFor(soon);
  return view;
}

/** What the clipboard holds, once it is no longer `before`. */
async function copied({ page }: ConsolePage, before = ""): Promise<string> {
  const read = () => page.evaluate<string>("navigator.clipboard.readText()");
  await expect.poll(read, soon).not.toBe(before);
  return read();
}

function treeOf({ response, words }: ConsolePage) {
  return response.getByRole("tree", { name: words.responseMessage });
}

describe("an answer as JSON", () => {
  test("is walked, folded, copied from and searched by the keyboard", async () => {
    const view = await list(3);
    const { page } = view;
    const tree = treeOf(view);
    const active = tree.locator("[aria-selected=true]");
    await tree.focus();
    await page.keyboard.press("ArrowDown");
    expect(await active.innerText()).toContain('"rows": [');
    await page.keyboard.press("ArrowLeft");
    expect(await active.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await active.getAttribute("aria-level")).toBe("3");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("p");
    expect(await copied(view)).toBe("rows[0].title");
    await page.keyboard.press("c");
    expect(await copied(view, "rows[0].title")).toBe("Row 0");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ControlOrMeta+c");
    expect(await copied(view, "Row 0")).toBe("9007199254740993");

    await page.keyboard.press("ControlOrMeta+f");
    await page.keyboard.type("author 2");
    const found = page.getByRole("toolbar", { name: "Search and folding" }).getByRole("status");
    await expect.poll(() => found.first().innerText(), soon).toBe("1 of 1");
    expect(await active.innerText()).toContain('"name": "Author 2"');
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("row");
    await expect.poll(() => found.first().innerText(), soon).toBe("1 of 4");
    await page.keyboard.press("Enter");
    expect(await active.innerText()).toContain('"title": "Row 0"');
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Shift+Enter");
    await expect.poll(() => found.first().innerText(), soon).toBe("4 of 4");
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement?.getAttribute('role')")).toBe("tree");
    expect(await page.locator("mark").count()).toBe(0);
  });

  test("is folded by the mouse, level by level, and tells values by the mouse", async () => {
    const view = await list(3, { language: "zh-CN", theme: "dark" });
    const { page } = view;
    const tree = treeOf(view);
    const items = tree.getByRole("treeitem");
    const whole = await items.count();
    await page.getByRole("button", { name: "显示的层数：1" }).click();
    await expect.poll(() => items.count(), soon).toBe(5);
    await page.getByRole("button", { name: "全部展开" }).click();
    await expect.poll(() => items.count(), soon).toBe(whole);
    await tree.getByRole("button", { name: "折叠 rows" }).click();
    await expect.poll(() => items.count(), soon).toBe(5);
    await tree.getByRole("button", { name: "展开 rows" }).click();
    await expect.poll(() => items.count(), soon).toBe(whole);

    const time = items.filter({ hasText: '"createTime"' }).first();
    await time.hover();
    await time.getByRole("button", { name: "更多信息" }).click();
    await expect.poll(() => time.innerText(), soon).toContain("2023-11-14T22:13:20.000Z");
    await time.getByRole("button", { name: "复制路径" }).click();
    expect(await copied(view)).toBe("rows[0].create_time");
    const level = items.filter({ hasText: "LEVEL_LOW" });
    expect(await level.locator("[title]").first().getAttribute("title")).toBe("LEVEL_LOW = 1");
  });

  test("hides defaults and shows enum numbers, and a reload remembers it", async () => {
    const view = await list(1);
    const { page } = view;
    const tree = treeOf(view);
    expect(await tree.innerText()).toContain("nextPageToken");
    await page.getByRole("button", { name: "Defaults", exact: true }).click();
    await expect.poll(() => tree.innerText(), soon).not.toContain("nextPageToken");
    await page.getByRole("button", { name: "Enum numbers" }).click();
    await page.reload();
    await view.type('{"rows": 2}');
    await view.press("Send");
    await tree.getByText('"level"').waitFor(soon);
    expect(await tree.innerText()).not.toContain("nextPageToken");
    expect(await tree.innerText()).toContain('"level": 1');
  });

  test("shows an image, and marks of direction as escapes", async () => {
    const view = await list(0);
    const { page } = view;
    const tree = treeOf(view);
    expect(await tree.innerText()).toContain('"\\u202etxt.exe \\u0007 مرحبا"');
    await tree.focus();
    await page.keyboard.press("End");
    const picture = tree.getByRole("treeitem").filter({ hasText: '"picture"' });
    await picture.click();
    await page.keyboard.press("Enter");
    const image = page.getByRole("dialog").getByRole("img", { name: "picture" });
    await image.waitFor(soon);
    await page.getByRole("dialog").getByText("image/png · 8 × 8").waitFor(soon);
    await page.getByRole("dialog").getByRole("button", { name: "Hex" }).click();
    await page.getByRole("dialog").getByText("89 50 4e 47").waitFor(soon);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden", ...soon });
  });

  test("with thousands of rows draws a few of them, and finds the last", async () => {
    const view = await list(5_000);
    const { page } = view;
    const tree = treeOf(view);
    await tree.getByText("5,000 items").waitFor(soon);
    expect(await tree.getByRole("treeitem").count()).toBeLessThan(200);
    await page.getByRole("searchbox", { name: "Search in the message" }).fill("9007199254745992");
    const active = tree.locator("[aria-selected=true]");
    await expect.poll(() => active.innerText(), soon).toContain('"id": "9007199254745992"');
    await tree.focus();
    await page.keyboard.press("p");
    expect(await copied(view)).toBe("rows[4999].id");
  });
});

describe("an answer as a table", () => {
  test("is sorted, selected and copied; its columns are chosen, and remembered", async () => {
    const view = await list(200);
    const { page, response } = view;
    await view.press("Table");
    const grid = response.getByRole("grid", { name: "rows" });
    const firstTitle = () => grid.getByRole("row").nth(1).getByRole("gridcell").nth(2).innerText();
    await expect.poll(firstTitle, soon).toBe("Row 0");
    await grid.getByRole("button", { name: "title" }).click();
    await grid.getByRole("columnheader", { name: "title" }).and(page.locator("[aria-sort=ascending]")).waitFor(soon);
    await grid.getByRole("button", { name: "title" }).click();
    await expect.poll(firstTitle, soon).toBe("Row 199");

    await page.getByRole("button", { name: "Columns" }).click();
    const chooser = page.getByRole("dialog", { name: "Columns" });
    for (const path of ["body", "score", "level", "createTime", "author", "tags", "took"]) {
      await chooser.getByRole("checkbox", { name: path, exact: true }).uncheck();
    }
    await chooser.getByRole("checkbox", { name: "author.name" }).check();
    await chooser.getByRole("button", { name: "Move author.name forward" }).click();
    await page.keyboard.press("Escape");
    await chooser.waitFor({ state: "hidden", ...soon });
    expect(await grid.getByRole("columnheader").allInnerTexts()).toEqual(["#", "id", "author.name", "title ↓"]);

    await grid.focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByText("2 selected").waitFor(soon);
    await page.keyboard.press("ControlOrMeta+c");
    const lines = (await copied(view)).split("\n");
    expect(lines[0]).toBe("id\tauthor.name\ttitle");
    expect(lines.slice(1, -1).map((line) => line.split("\t")[2])).toEqual(["Row 199", "Row 198"]);
    await page.keyboard.press("Enter");
    await response.getByRole("tree", { name: /^Row / }).waitFor(soon);
    await page.keyboard.press("Escape");
    await response.getByRole("tree", { name: /^Row / }).waitFor({ state: "hidden", ...soon });

    await page.reload();
    await view.type('{"rows": 1}');
    await view.press("Send");
    await view.press("Table");
    await expect
      .poll(() => grid.getByRole("columnheader").allInnerTexts(), soon)
      .toEqual(["#", "id", "author.name", "title"]);
  });
});

describe("an error", () => {
  test("has its details as what they are, and leads to nothing but web pages", async () => {
    const view = await suite.open({ target: "answers", method: `${answerService}/Fail` });
    const { page, response } = view;
    await view.press("Send");
    await view.expectStatus("INVALID_ARGUMENT 3");
    const detail = (name: string) => response.getByRole("region", { name: `google.rpc.${name}` });
    expect(await detail("BadRequest").innerText()).toContain("<b>must</b> be less");
    await detail("RetryInfo").getByText("now", { exact: true }).waitFor(soon);
    await detail("RetryInfo").getByRole("button", { name: "Retry" }).waitFor(soon);
    const links = detail("Help").getByRole("link");
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute("href")).toBe("https://example.com/manual");
    expect(await links.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await detail("Help").innerText()).toContain("javascript:alert(1)");
    expect(await detail("DebugInfo").getByText("at one").isVisible()).toBe(false);
    await detail("DebugInfo").getByText("Stack: 2 entries").click();
    await detail("DebugInfo").getByText("at one").waitFor(soon);
    await detail("QuotaFailure").getByRole("cell", { name: "clientip:127.0.0.1" }).waitFor(soon);
    await detail("PreconditionFailure").getByRole("cell", { name: "not accepted" }).waitFor(soon);
    expect(await detail("ErrorInfo").innerText()).toContain('metadata["zone"]');
    expect(await detail("LocalizedMessage").innerText()).toContain("Bitte prüfen");
    expect(await page.locator("main script, main b").count()).toBe(0);

    for (const shown of ["form", "json"] as const) {
      await view.showView(shown);
      await detail("BadRequest").getByRole("button", { name: "body_length" }).click();
      await view.request.locator(":focus").waitFor(soon);
    }
    expect(await page.evaluate("String(getSelection())")).toBe("1");

    await response.getByRole("tab", { name: /^Trailers/ }).click();
    const note = response.getByRole("row", { name: /x-note-bin/ });
    await note.getByText("grüß").waitFor(soon);
  });

  test("can be tried again by its button", async () => {
    const view = await suite.open({ target: "answers", method: `${answerService}/Fail` });
    await view.press("Send");
    await view.expectStatus("INVALID_ARGUMENT 3");
    const again = view.page.waitForRequest((request) => request.url().endsWith("/Fail"));
    await view.response.getByRole("button", { name: "Retry" }).click();
    await again;
    await view.expectStatus("INVALID_ARGUMENT 3");
  });
});

describe.each([
  { language: "en", theme: "light" },
  { language: "zh-CN", theme: "dark" },
] as const)("in $language, $theme, axe finds nothing wrong with", (look) => {
  test("a searched tree, a table with its columns, and the parts of the time", async () => {
    const view = await list(30, look);
    const { response, page } = view;
    await response.getByRole("searchbox").fill("row");
    await response.locator("mark").first().waitFor(soon);
    expect(await violations(view)).toEqual([]);
    await view.press(view.words.table);
    await response.getByRole("gridcell", { name: "Row 19", exact: true }).click();
    await page.locator("[aria-haspopup=dialog]").and(response.locator("button")).click();
    await response.getByRole("dialog").waitFor(soon);
    expect(await violations(view)).toEqual([]);
    await page.keyboard.press("Escape");
    await response.getByRole("tab", { name: /^(Timing|耗时)/ }).click();
    expect(await violations(view)).toEqual([]);
  });

  test("every detail of an error", async () => {
    const view = await suite.open({ ...look, target: "answers", method: `${answerService}/Fail` });
    await view.press(view.words.send);
    await view.response.getByRole("region", { name: "google.rpc.LocalizedMessage" }).waitFor(soon);
    expect(await violations(view)).toEqual([]);
  });
});
