import { expect, test } from "vitest";
import { soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

test("a reload keeps what was typed, tab by tab", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page, request } = view;
  const unfinished = '{"name": "half a na';
  await view.type(unfinished);
  await request.getByRole("tab", { name: "Metadata" }).click();
  await view.press("Add metadata");
  await page.getByRole("textbox", { name: "Name of row 1" }).fill("x-request-id");
  await page.getByRole("textbox", { name: "Value of row 1" }).fill("42");
  await page.getByRole("textbox", { name: "Deadline" }).fill("20 s");
  await page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: "gRPC-Web" });
  await view.openMethod("TestTwoWayStream");
  await view.type('{"data": "typed"}');
  await view.openMethod("ArticleList");
  await page.getByRole("tab", { name: "TestTwoWayStream" }).click();

  // At once: what was typed last must not depend on a timer.
  await page.reload();
  const tabs = page.getByRole("tablist", { name: "Open calls" }).getByRole("tab");
  await expect
    .poll(() => tabs.allInnerTexts(), soon)
    .toEqual([
      expect.stringContaining("SayHello"),
      expect.stringContaining("TestTwoWayStream"),
      expect.stringContaining("ArticleList"),
    ]);
  expect(await tabs.nth(1).getAttribute("aria-selected")).toBe("true");
  await expect.poll(() => view.requestText(), soon).toBe('{"data": "typed"}');

  await tabs.first().click();
  await expect.poll(() => view.requestText(), soon).toBe(unfinished);
  expect(await page.getByRole("textbox", { name: "Deadline" }).inputValue()).toBe("20 s");
  expect(await page.getByRole("combobox", { name: "Protocol" }).inputValue()).toBe("grpc-web");
  await request.getByRole("tab", { name: "Metadata" }).click();
  expect(await page.getByRole("textbox", { name: "Name of row 1" }).inputValue()).toBe("x-request-id");
  expect(await page.getByRole("textbox", { name: "Value of row 1" }).inputValue()).toBe("42");
});

test("the address names the method: elsewhere it opens the same, and back leads to the one before", async () => {
  const view = await suite.open();
  await view.openMethod("SayHello");
  await view.openMethod("hellojlc");
  const { page } = view;
  expect(page.url()).toBe(`${suite.server.url}#/local/test.demo/hellojlc`);
  const other = await suite.open();
  await other.page.goto(page.url());
  await other.page.getByRole("heading", { name: "test.demo / hellojlc" }).waitFor(soon);
  await expect.poll(() => other.page.title(), soon).toBe("hellojlc · Switchboard");
  await page.goBack();
  await page.getByRole("heading", { name: "Greeter / SayHello" }).waitFor(soon);
});

test("language and theme persist once they are chosen", async () => {
  const view = await suite.open();
  const { page } = view;
  const html = page.locator("html");
  expect(await html.getAttribute("lang")).toBe("en");
  await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "简体中文" });
  await page.getByRole("heading", { name: "调用一个方法" }).waitFor(soon);
  expect(await html.getAttribute("lang")).toBe("zh-CN");
  await page.getByRole("combobox", { name: "主题" }).selectOption({ label: "深色" });
  await expect.poll(() => html.getAttribute("data-mantine-color-scheme"), soon).toBe("dark");
  await page.reload();
  await page.getByRole("heading", { name: "调用一个方法" }).waitFor(soon);
  expect(await html.getAttribute("lang")).toBe("zh-CN");
  expect(await html.getAttribute("data-mantine-color-scheme")).toBe("dark");
});

test("the browser's language and theme count until then, and the theme follows the system", async () => {
  const view = await suite.open({ language: "zh-CN", theme: "dark" });
  const { page } = view;
  await page.getByRole("heading", { name: "调用一个方法" }).waitFor(soon);
  const html = page.locator("html");
  expect(await html.getAttribute("lang")).toBe("zh-CN");
  expect(await html.getAttribute("data-mantine-color-scheme")).toBe("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(() => html.getAttribute("data-mantine-color-scheme"), soon).toBe("light");
});
