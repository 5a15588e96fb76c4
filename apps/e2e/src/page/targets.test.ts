import { expect, onTestFinished, test } from "vitest";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";
import { type RunningServer, startServer } from "../testing/start-server.ts";

const suite = consoleSuite();
const later = { timeout: 20_000 };

/** Another Switchboard, which stands for anybody's gRPC server. */
async function startOther(): Promise<RunningServer> {
  const other = await startServer();
  onTestFinished(() => other[Symbol.asyncDispose]());
  return other;
}

async function connect({ page }: ConsolePage, address: string): Promise<void> {
  await page.getByRole("textbox", { name: "Address" }).fill(address);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
}

test("the first minute connects a server: its tree, calls of all four kinds, and the address that reopens it", async () => {
  const { host, port } = new URL((await startOther()).url);
  const view = await suite.open();
  const { page, response } = view;
  await connect(view, host);
  await page.getByRole("heading", { name: `127.0.0.1-${port}` }).waitFor(later);
  await page.getByText("Services: 8").waitFor(later);
  await page.getByText("gRPC, gRPC-Web, Connect").waitFor(soon);

  await view.openMethod("SayHello");
  await view.press("Send");
  await view.expectStatus("OK 0");
  expect(await view.message()).toEqual({ message: "Hello, Ada!" });
  const address = page.url();
  expect(address).toBe(`${suite.server.url}#/127.0.0.1-${port}/Greeter/SayHello`);

  await view.openMethod("TestClientRecvStream");
  await view.press("Send");
  await view.expectReceived(1);
  await view.press("Cancel");
  await view.expectStatus("CANCELLED 1");

  await view.openMethod("TestClientSendStream");
  await view.press("Open and send");
  await view.press("Half-close");
  await view.expectStatus("OK 0");

  await view.openMethod("TestTwoWayStream");
  await view.press("Open and send");
  await view.expectReceived(1);
  await response.getByText("gRPC-Web over WebSocket", { exact: true }).waitFor(soon);
  await view.press("Half-close");
  await view.expectStatus("OK 0");

  const elsewhere = await suite.open();
  await elsewhere.page.goto(address);
  await elsewhere.page.getByRole("heading", { name: "Greeter / SayHello" }).waitFor(later);
  await expect.poll(() => elsewhere.requestText(), later).toContain('"name": "Ada"');
  await elsewhere.press("Send");
  await elsewhere.expectStatus("OK 0");
});

test("tabs of two targets stand side by side, each with its own method of the same name", async () => {
  const { host, port } = new URL((await startOther()).url);
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page } = view;
  await page.getByRole("button", { name: "First minute" }).click();
  await connect(view, host);
  await page.getByText("Services: 8").waitFor(later);
  await view.openMethod("SayHello");
  const tabs = page.getByRole("tablist", { name: "Open calls" }).getByRole("tab");
  expect(await tabs.allInnerTexts()).toEqual([
    expect.not.stringContaining(port),
    expect.stringContaining(`127.0.0.1-${port}`),
  ]);
  await tabs.first().click();
  await expect.poll(() => page.url(), soon).toContain("#/local/Greeter/SayHello");
  await page.getByRole("button", { name: /^Target local/ }).waitFor(soon);
});

test("an address where nobody listens is told with its remedy, and nothing is added", async () => {
  const view = await suite.open();
  const { page } = view;
  await connect(view, "127.0.0.1:1");
  await page.getByText("Nothing listens at this address. Start the server, or check the port.").waitFor(later);
  await page.getByText("The target can’t be called.").waitFor(soon);
  expect(page.url()).toBe(suite.server.url);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add it all the same" }).click();
  await page.getByRole("heading", { name: "127.0.0.1-1" }).waitFor(later);
  await page.getByRole("region", { name: "Methods and types" }).getByText("nothing listens at").first().waitFor(later);

  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("heading", { name: "Call a method" }).waitFor(later);
  await page.getByRole("button", { name: /^Target / }).click();
  await expect.poll(() => page.getByRole("option", { name: "127.0.0.1-1 " }).count(), soon).toBe(0);
});

test("what a dialog says of a target is kept, but for values, which only the server holds", async () => {
  const { host } = new URL((await startOther()).url);
  const view = await suite.open();
  const { page } = view;
  await page.getByRole("textbox", { name: "Address" }).fill(host);
  await page.getByRole("button", { name: "TLS, metadata and more…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("held");
  await dialog.getByText("Metadata", { exact: true }).click();
  await dialog.getByRole("button", { name: "Add metadata" }).click();
  await dialog.getByRole("textbox", { name: "Name of row 1" }).fill("authorization");
  await dialog.getByLabel("Value of row 1").fill("Bearer s3cret");
  await dialog.getByRole("button", { name: "Add and open" }).click();
  await page.getByText("Services: 8").waitFor(later);

  await page.reload();
  await page.getByText("authorization").waitFor(later);
  await page.getByRole("button", { name: "Edit…" }).click();
  await dialog.locator("summary", { hasText: "Metadata" }).click();
  await dialog.getByText("held on the server").waitFor(soon);
  expect(await dialog.getByRole("textbox", { name: "Name of row 1" }).inputValue()).toBe("authorization");
  expect(await page.content()).not.toContain("s3cret");

  await dialog.getByLabel("Name", { exact: true }).fill("local");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("choose another").waitFor(soon);
  await dialog.getByLabel("Name", { exact: true }).fill("renamed");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "renamed" }).waitFor(later);
  expect(page.url()).toBe(`${suite.server.url}#/renamed`);
});

test("a target and a method that there are not say so", async () => {
  const view = await suite.open();
  const { page } = view;
  await page.goto(`${suite.server.url}#/nowhere`);
  await page.getByRole("heading", { name: "There is no target nowhere" }).waitFor(later);
  await page.goto(`${suite.server.url}#/nowhere/x.Y/Z`);
  await page.getByText("It may have been removed or renamed, or the address may be mistyped.").waitFor(later);
});

/** The text of what has the focus. */
function focused({ page }: ConsolePage): Promise<string> {
  return page.evaluate("document.activeElement.textContent ?? ''");
}

test("a target is added, opened and called by the keyboard alone", async () => {
  const { host } = new URL((await startOther()).url);
  const view = await suite.open();
  const { page } = view;
  const { keyboard } = page;
  await page.getByRole("tree").waitFor();
  await keyboard.press("t");
  await page.getByRole("option", { name: /^local/ }).waitFor(soon);
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add a target" });
  await dialog.waitFor(soon);
  await expect.poll(() => page.evaluate("document.activeElement.placeholder"), soon).toBe("localhost:50051");
  await keyboard.type(host);
  await keyboard.press("Tab");
  await keyboard.press("Control+A");
  await keyboard.type("by-keys");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "by-keys" }).waitFor(later);
  await page.getByText("Services: 8").waitFor(later);
  await keyboard.press("/");
  await expect.poll(() => page.evaluate("document.activeElement.type"), soon).toBe("search");
  await keyboard.type("sayh");
  await expect.poll(() => page.getByRole("treeitem", { level: 2 }).count(), soon).toBe(1);
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Greeter / SayHello" }).waitFor(soon);
  await keyboard.press("Control+Enter");
  await view.expectStatus("OK 0");

  // Within the tree a letter goes to the next row that begins with it.
  for (let presses = 0; presses < 8 && !(await focused(view)).startsWith("Target"); presses++) {
    await keyboard.press("Shift+Tab");
  }
  await keyboard.press("ArrowDown");
  await page.getByRole("listbox", { name: "Targets" }).waitFor(soon);
  await keyboard.press("Home");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Call a method" }).waitFor(soon);
});

test("in Chinese, a server is connected and its faults are told", async () => {
  const { host, port } = new URL((await startOther()).url);
  const view = await suite.open({ language: "zh-CN", theme: "dark" });
  const { page } = view;
  const address = page.getByRole("textbox", { name: "地址" });
  await address.fill("127.0.0.1:1");
  await page.getByRole("button", { name: "连接", exact: true }).click();
  await page.getByText("此地址没有程序在监听。").waitFor(later);
  await address.fill(host);
  await page.getByRole("button", { name: "连接", exact: true }).click();
  await page.getByRole("heading", { name: `127.0.0.1-${port}` }).waitFor(later);
  await page.getByText("服务：8").waitFor(later);
  await view.openMethod("SayHello");
  await view.press(view.words.send);
  await view.expectStatus(`OK 0${view.words.gloss.OK}`);
});
