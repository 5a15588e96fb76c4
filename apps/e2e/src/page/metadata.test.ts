import { expect, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

async function showMetadata({ request }: ConsolePage, name = "Metadata"): Promise<void> {
  await request.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
}

test("a Bearer token is set without a mouse, and goes with the call", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page, request } = view;
  await showMetadata(view);
  await request.getByRole("button", { name: "Bearer token" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement.closest('form') !== null"), soon).toBe(true);
  await page.keyboard.type("Bearer secret-1");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => request.getByRole("textbox", { name: "Value of row 1" }).inputValue(), soon)
    .toBe("Bearer secret-1");
  await expect.poll(() => page.evaluate("document.activeElement.textContent"), soon).toBe("Bearer token");
  const sent = page.waitForRequest(/SayHello/);
  await page.keyboard.press("Control+Enter");
  expect((await sent).headers().authorization).toBe("Bearer secret-1");
  await view.expectStatus("OK 0");
});

test("Basic says its user, and takes the place of the Bearer token", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page, request } = view;
  await showMetadata(view);
  await request.getByRole("button", { name: "Bearer token" }).click();
  await page.keyboard.type("old");
  await page.keyboard.press("Enter");
  await request.getByRole("button", { name: "Basic" }).click();
  await request.getByLabel("User").fill("ada");
  await request.getByLabel("Password").fill("p:w");
  await request.getByRole("button", { name: "Set", exact: true }).click();
  await request.getByText("Basic, as the user ada").waitFor(soon);
  expect(await request.getByRole("textbox", { name: /Value of row/ }).count()).toBe(1);
});

test("bytes are typed in hex and sent as base64, and half a byte is refused", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page, request } = view;
  await showMetadata(view);
  await request.getByRole("button", { name: "Add metadata" }).click();
  await page.keyboard.type("trace-bin");
  await request.getByRole("combobox", { name: "How the bytes of row 1 are typed" }).selectOption("hex");
  const value = request.getByRole("textbox", { name: "Value of row 1" });
  await value.fill("de ad b");
  await request.getByText("The value of a -bin name must be base64.").waitFor(soon);
  await value.press("End");
  await value.press("e");
  await value.press("e");
  await value.fill("de ad be ef");
  await request.getByText("4 B").waitFor(soon);
  const sent = page.waitForRequest(/SayHello/);
  await page.keyboard.press("Control+Enter");
  expect((await sent).headers()["trace-bin"]).toBe("3q2+7w==");
});

test("a name is sent as often as it stands", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page, request } = view;
  await showMetadata(view);
  for (const value of ["one", "two"]) {
    await request.getByRole("button", { name: "Add metadata" }).click();
    await page.keyboard.type("x-tag");
    await page.keyboard.press("Tab");
    await page.keyboard.type(value);
  }
  const sent = page.waitForRequest(/SayHello/);
  await page.keyboard.press("Control+Enter");
  expect((await sent).headers()["x-tag"]).toBe("one, two");
});

test.each(["light", "dark"] as const)("metadata has no accessibility fault in Chinese and %s", async (theme) => {
  const view = await suite.open({ method: "Greeter/SayHello", theme, language: "zh-CN" });
  await showMetadata(view, "元数据");
  await view.request.getByRole("button", { name: "添加元数据" }).click();
  await view.page.keyboard.type("x-bin");
  await view.request.getByRole("button", { name: "API 密钥" }).click();
  await view.request.getByLabel("头字段").waitFor(soon);
  expect(await violations(view)).toEqual([]);
});
