import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BrowserContextOptions, Page } from "playwright-core";
import { grpcJsHarbour } from "./interop/harbour/grpc-js-harbour.ts";
import { openBrowser, type TestBrowser } from "./testing/open-browser.ts";
import { startServer } from "./testing/start-server.ts";

const images = join(import.meta.dirname, "../../../docs/images");
const articlesFile = join(import.meta.dirname, "../../server/src/articles-main.ts");
const look: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 };

// Takes the README's pictures anew: `node apps/e2e/src/take-screenshots.ts`.
async function main(): Promise<void> {
  mkdirSync(images, { recursive: true });
  const data = mkdtempSync(join(tmpdir(), "switchboard-pictures-"));
  try {
    await promisify(execFile)(process.execPath, [articlesFile, "--data", data, "--count", "5000"]);
    const startHarbour = await grpcJsHarbour.prepare();
    await using harbour = await startHarbour();
    await using server = await startServer({ data, flags: ["--target", `harbour=h2c://${harbour.address}`] });
    await using browser = await openBrowser();
    await takeConversation(browser, server.url);
    await takeArticles(browser, server.url);
    await takeTarget(browser, server.url);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** A bidirectional stream in the middle of its conversation, in English and light. */
async function takeConversation(browser: TestBrowser, url: string): Promise<void> {
  const { page } = await browser.open(`${url}#/local/test.demo/TestTwoWayStream`, look);
  for (const method of ["SayHello", "ArticleList", "TestTwoWayStream"]) {
    await page.getByRole("treeitem", { name: method }).click();
  }
  await page.getByRole("button", { name: /^Open stream/ }).click();
  for (const data of ["hello", "how are you", "what is a half-close", "你好", "and goodbye"]) {
    await write(page, "Request message as JSON", { data });
    await page.getByRole("button", { name: /^Send message/ }).click();
    await page.getByRole("option", { name: `service send client ${data}` }).waitFor();
  }
  await page.getByRole("option", { name: "received 4" }).click();
  await page.getByRole("tree", { name: "Message received 4" }).waitFor();
  await take(page, "page.png");
}

/** A page of articles as a table, in Chinese and dark. */
async function takeArticles(browser: TestBrowser, url: string): Promise<void> {
  const options: BrowserContextOptions = { ...look, locale: "zh-CN", colorScheme: "dark" };
  const { page } = await browser.open(`${url}#/local/ArticleService/ArticleList`, options);
  await write(page, "请求消息（JSON）", { page: 3, pageSize: 20 });
  await page.getByRole("button", { name: /^发送/ }).click();
  await page.getByRole("button", { name: "表格" }).click();
  await page.getByRole("grid").waitFor();
  await page.getByRole("button", { name: "显示第 4 行" }).click();
  await take(page, "page-dark-zh.png");
}

/** A call to a server that was found by reflection, in English and dark. */
async function takeTarget(browser: TestBrowser, url: string): Promise<void> {
  const options: BrowserContextOptions = { ...look, colorScheme: "dark" };
  const { page } = await browser.open(`${url}#/harbour/harbour.v1.HarbourService/GetShip`, options);
  await write(page, "Request message as JSON", { name: "Ada" });
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.getByText("OK 0").first().waitFor();
  await take(page, "page-target.png");
}

async function write(page: Page, editor: string, message: object): Promise<void> {
  await page.getByRole("tab", { name: "JSON" }).click();
  const field = page.getByRole("textbox", { name: editor }).and(page.locator("[contenteditable=true]"));
  await field.press("ControlOrMeta+A");
  await page.keyboard.insertText(JSON.stringify(message, null, 2));
}

async function take(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name: /^(Form|表单)/ }).click();
  await page.getByRole("form").waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(images, name), caret: "hide" });
  process.stdout.write(`${join(images, name)}\n`);
}

await main();
