import { describe, expect, onTestFinished, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { consoleSuite } from "../testing/console-suite.ts";
import { startReflectingServer } from "../testing/start-reflecting-server.ts";

const suite = consoleSuite();
const later = { timeout: 20_000 };

const words = {
  en: {
    address: "Address",
    connect: "Connect",
    more: /^TLS, metadata/,
    addAnyway: "Add it all the same",
    schema: "Schema…",
  },
  "zh-CN": { address: "地址", connect: "连接", more: /^TLS、元数据/, addAnyway: "仍然添加", schema: "Schema…" },
} as const;

describe.each([
  { language: "en", theme: "light", width: 1440 },
  { language: "en", theme: "dark", width: 900 },
  { language: "zh-CN", theme: "dark", width: 1440 },
] as const)("in $language, $theme, $width wide, axe finds nothing wrong with", (look) => {
  const { address, connect, more, addAnyway, schema } = words[look.language];

  test("a server that can't be reached, from the field to its page", async () => {
    const view = await suite.open(look);
    const { page } = view;
    await page.getByRole("textbox", { name: address }).fill("127.0.0.1:1");
    await page.getByRole("button", { name: connect, exact: true }).click();
    await page.getByRole("button", { name: addAnyway }).waitFor(later);
    expect(await violations(view)).toEqual([]);
    await page.getByRole("button", { name: addAnyway }).click();
    await page.getByRole("heading", { level: 2, name: "127.0.0.1-1" }).waitFor(later);
    await page.getByText("nothing listens at").first().waitFor(later);
    expect(await violations(view)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(look.width);
  });

  test("the choice of targets, the form of one, and its schema with a broken service", async () => {
    const server = await startReflectingServer({ files: [], services: ["shop.Ghost"] });
    onTestFinished(() => server[Symbol.asyncDispose]());
    const view = await suite.open(look);
    const { page } = view;
    await page.getByRole("textbox", { name: address }).fill(server.host);
    await page.getByRole("button", { name: more }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("summary").first().waitFor(later);
    for (const section of await dialog.locator("summary").all()) {
      await section.click();
    }
    await dialog.getByRole("checkbox").first().check();
    expect(await violations(view)).toEqual([]);
    await dialog.getByRole("checkbox").first().uncheck();
    await dialog.locator("[type=submit]").click();
    await page.getByText("shop.Ghost").first().waitFor(later);
    expect(await violations(view)).toEqual([]);

    await page.getByRole("button", { name: schema }).click();
    const broken = { name: "a.proto", mimeType: "text/plain", buffer: Buffer.from("message {") };
    await dialog.locator("[data-choose=files]").setInputFiles(broken);
    await dialog.getByRole("alert").waitFor(later);
    expect(await violations(view)).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });

    await page.keyboard.press("t");
    await page.getByRole("option").first().waitFor(later);
    expect(await violations(view)).toEqual([]);
  });
});
