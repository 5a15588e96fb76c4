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
  await page.getByRole("combobox", { name: "Name of row 1" }).fill("x-request-id");
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
  expect(await page.getByRole("combobox", { name: "Name of row 1" }).inputValue()).toBe("x-request-id");
  expect(await page.getByRole("textbox", { name: "Value of row 1" }).inputValue()).toBe("42");
});

test("a reload keeps answers, and ends the call that was under way", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page, response } = view;
  const mark = response.getByText(/^From before the reload, at /);
  await view.type('{"name": "Ada"}');
  await view.press("Send");
  await view.expectStatus("OK 0");
  await view.openMethod("TestTwoWayStream");
  await view.type('{"data": "typed"}');
  await view.press("Open stream");
  await view.press("Send message");
  await view.expectReceived(1);
  expect(await mark.count()).toBe(0);

  // At once: what came last must not depend on a timer.
  await page.reload();
  await mark.waitFor(soon);
  await response.getByText("the page was reloaded").waitFor(soon);
  await expect
    .poll(() => view.rows.allInnerTexts(), soon)
    .toEqual([expect.stringContaining("typed"), expect.stringContaining("service send client typed")]);
  await page.getByRole("tab", { name: "SayHello" }).click();
  await view.expectStatus("OK 0");
  await mark.waitFor(soon);
  expect(await view.message()).toEqual({ message: "Hello, Ada!" });
  await view.press("Send");
  await mark.waitFor({ ...soon, state: "detached" });

  await page.getByRole("tab", { name: "SayHello" }).press("Delete");
  await page.reload();
  await view.openMethod("SayHello");
  await response.getByText("Nothing was called yet").waitFor(soon);
});

test("options choose how a call is carried, and a reload keeps them", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page, request, response } = view;
  const limit = page.getByRole("textbox", { name: "Longest answer message" });
  await request.getByRole("tab", { name: "Options" }).click();
  await page.getByRole("combobox", { name: "Compress requests" }).selectOption("gzip");
  await limit.fill("much");
  await view.press("Send");
  await page.getByText("Not sent: an option has a problem. It is marked above.").waitFor(soon);
  await limit.fill("4");
  await page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: "gRPC-Web" });
  const sent = page.waitForRequest(/SayHello$/);
  await view.press("Send");
  await view.expectStatus("RESOURCE_EXHAUSTED 8");
  await response
    .getByText(/over the page's limit of 4; ask for less at a time/)
    .first()
    .waitFor(soon);
  expect((await sent).headers()["grpc-encoding"]).toBe("gzip");

  await page.reload();
  await request.getByRole("tab", { name: /^Options/ }).click();
  expect(await limit.inputValue()).toBe("4");
  await view.press("Reset options");
  expect(await limit.inputValue()).toBe("");
  await view.press("Send");
  await view.expectStatus("OK 0");
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
