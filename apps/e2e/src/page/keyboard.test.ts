import { expect, test } from "vitest";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

/** The accessible name, or failing that the tag, of what has the focus. */
function focused({ page }: ConsolePage): Promise<string> {
  return page.evaluate(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent ?? document.activeElement.tagName",
  );
}

test("a unary call without a mouse: filter, tree, text, Send, and the focus stays", async () => {
  const view = await suite.open();
  const { page } = view;
  const { keyboard } = page;
  await page.getByRole("tree").waitFor();
  await keyboard.press("/");
  await expect.poll(() => focused(view), soon).toBe("Filter methods");
  await keyboard.type("hello");
  await expect.poll(() => page.getByRole("treeitem", { level: 2 }).count(), soon).toBe(2);
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await expect.poll(() => focused(view), soon).toContain("hellojlc");
  await keyboard.press("ArrowUp");
  await keyboard.press("ArrowUp");
  await expect.poll(() => focused(view), soon).toContain("SayHello");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Greeter / SayHello" }).waitFor(soon);

  await tabTo(view, "name");
  await keyboard.press("Control+A");
  await keyboard.insertText("Keys");
  await keyboard.press("Control+Enter");
  await view.expectStatus("OK 0");
  expect(await view.message()).toEqual({ message: "Hello, Keys!" });
  expect(await focused(view)).toBe("name");
});

/** Presses Tab until the focus is there. */
async function tabTo(view: ConsolePage, name: string): Promise<void> {
  await view.form.waitFor(soon);
  for (let presses = 0; presses < 40 && (await focused(view)) !== name; presses++) {
    await view.page.keyboard.press("Tab");
  }
  expect(await focused(view)).toBe(name);
}

test("a conversation without a mouse: open, send, half-close", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  const { keyboard } = view.page;
  await tabTo(view, "data");
  await keyboard.press("Control+Enter");
  await view.response.getByText("Open", { exact: true }).waitFor(soon);
  await keyboard.press("Control+Enter");
  await view.expectReceived(1);
  await keyboard.press("Control+Enter");
  await view.expectReceived(2);
  await keyboard.press("Control+Shift+Enter");
  await view.expectStatus("OK 0");
  expect(await focused(view)).toBe("data");
});

test.each(["Escape", "Enter on the button"])("a stream is cancelled by %s, and the focus isn't lost", async (way) => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  const { keyboard } = view.page;
  await view.button("Send").focus();
  await keyboard.press("Enter");
  await view.expectReceived(1);
  await expect.poll(() => focused(view), soon).toContain("Cancel");
  await keyboard.press(way === "Escape" ? "Escape" : "Enter");
  await view.expectStatus("CANCELLED 1");
  await expect.poll(() => focused(view), soon).toContain("Send");
});

test("messages are walked through by J and K, and the selected one is shown whole", async () => {
  const view = await suite.open({ method: "test.demo/TestClientSendStream" });
  await view.press("Open and send");
  await view.press("Half-close");
  await view.expectStatus("OK 0");
  const { keyboard } = view.page;
  await view.response.getByRole("listbox").focus();
  for (let row = 0; row < 3; row++) {
    await keyboard.press("k");
  }
  const shown = view.response.getByRole("tree", { name: "Message sent 2" });
  await shown.waitFor(soon);
  expect(JSON.parse(await shown.innerText())).toEqual({ data: "two" });
  await keyboard.press("j");
  await view.response.getByRole("tree", { name: "Message sent 3" }).waitFor(soon);
});

test("tabs are reached by Alt and a figure, closed by Delete, and the closing can be undone", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { page } = view;
  await view.openMethod("hellojlc");
  await page.keyboard.press("Alt+1");
  await page.getByRole("heading", { name: "Greeter / SayHello" }).waitFor(soon);
  await page.getByRole("tab", { name: "SayHello" }).focus();
  await page.keyboard.press("Delete");
  await page.getByRole("heading", { name: "test.demo / hellojlc" }).waitFor(soon);
  await expect.poll(() => focused(view), soon).toContain("hellojlc");
  await view.press("Undo");
  await page.getByRole("heading", { name: "Greeter / SayHello" }).waitFor(soon);
});

test("? lists the keys, and Escape closes the list and no call", async () => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  const { page } = view;
  await view.press("Send");
  await view.expectReceived(1);
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await dialog.getByText("Half-close").waitFor(soon);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden", ...soon });
  await view.response.getByText("Open", { exact: true }).waitFor(soon);
  await page.keyboard.press("Escape");
  await view.expectStatus("CANCELLED 1");
});

test("typing over selected text breaks no policy", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  await view.showView("json");
  await view.editor.press("ControlOrMeta+A");
  await view.page.keyboard.type('{"name": "Over');
  expect(await view.requestText()).toBe('{"name": "Over"}');
});
