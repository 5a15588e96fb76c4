import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

/** The palette of a page, by the words of its language. */
function paletteOf(page: Page, words = { label: "Command palette", search: "Search methods, tabs, actions" }) {
  const dialog = page.getByRole("dialog", { name: words.label });
  return {
    field: dialog.getByRole("combobox", { name: words.search }),
    first: dialog.getByRole("option").first(),
  };
}

test("a method is found by its initials and opened, and its use moves it up", async () => {
  const { page } = await suite.open();
  await page.getByRole("tree").waitFor(soon);
  await page.keyboard.press("Control+k");
  const { field, first } = paletteOf(page);
  await field.waitFor(soon);
  await page.keyboard.type("article detail");
  await expect.poll(() => first.innerText(), soon).toContain("ArticleDetail");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "ArticleService / ArticleDetail" }).waitFor(soon);
  await page.keyboard.press("Control+k");
  await field.waitFor(soon);
  await expect.poll(() => first.innerText(), soon).toContain("ArticleDetail");
});

test("what is typed right behind the palette's key goes to the palette", async () => {
  const { page } = await suite.open();
  await page.getByRole("tree").waitFor(soon);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("hellojlc");
  const { field, first } = paletteOf(page);
  await expect.poll(() => field.inputValue(), soon).toBe("hellojlc");
  await expect.poll(() => first.innerText(), soon).toContain("hellojlc");
});

test("an action is run from the palette, which shows its key", async () => {
  const { page } = await suite.open({ method: "Greeter/SayHello" });
  await page.getByRole("heading", { name: "Greeter / SayHello" }).waitFor(soon);
  await page.keyboard.press("Control+k");
  const { field, first } = paletteOf(page);
  await field.waitFor(soon);
  await page.keyboard.type("another tab");
  await expect.poll(() => first.innerText(), soon).toMatch(/Another tab of this method[\s\S]*D/);
  await first.click();
  await expect.poll(() => page.getByRole("tab", { name: "SayHello" }).count(), soon).toBe(2);
});

test("Escape leaves the palette, and the focus is where it was", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page } = view;
  await view.button("Send").focus();
  await page.keyboard.press("Control+k");
  await paletteOf(page).field.waitFor(soon);
  await page.keyboard.type("zzz");
  await page.getByText("Nothing matches").waitFor(soon);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.evaluate("document.activeElement.textContent"), soon).toContain("Send");
});

test.each(["light", "dark"] as const)("the palette has no accessibility fault in the %s theme", async (theme) => {
  const view = await suite.open({ theme, language: "zh-CN" });
  const { page } = view;
  await page.getByRole("tree").waitFor(soon);
  await page.keyboard.press("Control+k");
  await paletteOf(page, { label: "命令面板", search: "搜索方法、标签页、操作" }).first.waitFor(soon);
  expect(await violations(view)).toEqual([]);
});

test("a tab whose call runs is closed only after a question", async () => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  const { page } = view;
  await view.press("Send");
  await view.expectReceived(1);
  await page.getByRole("tab", { name: "TestClientRecvStream" }).focus();
  await page.keyboard.press("Delete");
  const dialog = page.getByRole("dialog", { name: "TestClientRecvStream is still running" });
  await dialog.getByRole("button", { name: "Keep it open" }).click();
  await view.response.getByText("Open", { exact: true }).waitFor(soon);
  await page.getByRole("tab", { name: "TestClientRecvStream" }).focus();
  await page.keyboard.press("Delete");
  await dialog.getByRole("button", { name: "Cancel the call and close" }).click();
  await expect.poll(() => page.getByRole("tab", { name: "TestClientRecvStream" }).count(), soon).toBe(0);
});

test("closed tabs come back by Z, one after the other", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page } = view;
  await view.openMethod("hellojlc");
  await page.getByRole("heading", { name: "test.demo / hellojlc" }).waitFor(soon);
  await page.getByRole("heading", { name: "test.demo / hellojlc" }).click();
  await page.keyboard.press("x");
  await page.keyboard.press("x");
  await expect.poll(() => page.locator('[id^="tab-"]').count(), soon).toBe(0);
  await page.keyboard.press("z");
  await page.getByRole("heading", { name: "Greeter / SayHello" }).waitFor(soon);
  await page.keyboard.press("z");
  await page.getByRole("heading", { name: "test.demo / hellojlc" }).waitFor(soon);
});

test("a tab says that it was changed, until it is sent", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page } = view;
  const mark = page.getByRole("tab").getByRole("img", { name: "Changed since it was opened or sent" });
  await view.type('{"name": "Changed"}');
  await mark.waitFor(soon);
  await page.keyboard.press("Control+Enter");
  await view.expectStatus("OK 0");
  await expect.poll(() => mark.count(), soon).toBe(0);
});

test("single keys switch between form and JSON and show wire and comparison, but not while somebody types", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page } = view;
  await view.form.waitFor(soon);
  await page.keyboard.press("Control+Enter");
  await view.expectStatus("OK 0");
  await page.getByRole("heading", { name: "Greeter / SayHello" }).click();
  await page.keyboard.press("e");
  await view.editor.waitFor(soon);
  await page.keyboard.press("w");
  await page.getByRole("tab", { name: "Wire", selected: true }).waitFor(soon);
  await page.keyboard.press("c");
  await page.getByRole("tab", { name: "Compare", selected: true }).waitFor(soon);
  await view.type('{"name": ""}');
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("wee");
  expect(await view.requestText()).toBe('{"name": "wee"}');
  await page.getByRole("tab", { name: "Compare", selected: true }).waitFor(soon);
});
