import { describe, expect, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

describe.each([
  { language: "en", theme: "light" },
  { language: "en", theme: "dark" },
  { language: "zh-CN", theme: "dark" },
] as const)("in $language, $theme, axe finds nothing wrong with", (look) => {
  test("the first minute and the keys", async () => {
    const view = await suite.open(look);
    await view.page.getByRole("heading", { level: 2 }).waitFor();
    expect(await violations(view)).toEqual([]);
    await view.page.getByRole("button", { name: "?" }).click();
    await view.page.getByRole("dialog").waitFor();
    expect(await violations(view)).toEqual([]);
  });

  test("an answer, its table and its headers, and the metadata", async () => {
    const view = await suite.open({ ...look, method: "ArticleService/ArticleList" });
    const { words, response, request } = view;
    await view.press(words.send);
    await view.expectStatus(`OK 0${words.gloss.OK}`);
    await view.form.waitFor();
    expect(await violations(view)).toEqual([]);
    await view.showView("json");
    expect(await violations(view)).toEqual([]);

    await view.press(words.table);
    await response.getByRole("grid").waitFor();
    await response.getByRole("gridcell", { name: "yy" }).click();
    await request.getByRole("tab", { name: words.metadata }).click();
    await request.locator("[data-add]").click();
    await request.getByRole("textbox").first().fill("Content-Type");
    expect(await violations(view)).toEqual([]);

    await response.getByRole("tab", { name: words.headers }).click();
    await response.getByRole("cell", { name: "application/json" }).waitFor();
    expect(await violations(view)).toEqual([]);
  });

  test("an error with details, and a request with problems", async () => {
    const view = await suite.open({ ...look, method: "ArticleService/ArticleList" });
    await view.type('{"page": -1}');
    await view.press(view.words.send);
    await view.response.getByRole("region", { name: "google.rpc.BadRequest" }).waitFor();
    await view.type('{"paeg": "x"');
    await view.request.getByText("1:").first().waitFor();
    expect(await violations(view)).toEqual([]);
  });

  test("an open stream with a selected message", async () => {
    const view = await suite.open({ ...look, method: "test.demo/TestTwoWayStream" });
    await view.press(view.words.openAndSend);
    await view.expectReceived(1);
    await view.rows.last().click();
    expect(await violations(view)).toEqual([]);
  });

  test("a narrow page, with the methods over the call", async () => {
    const view = await suite.open({ ...look, method: "Greeter/SayHello", width: 900 });
    const { page, words } = view;
    await view.press(words.send);
    await view.expectStatus(`OK 0${words.gloss.OK}`);
    expect(await violations(view)).toEqual([]);
    await page.getByRole("button", { name: words.showTree }).click();
    await page.getByRole("tree").first().waitFor();
    expect(await violations(view)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(900);
  });
});
