import { describe, expect, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import type { OpenConsoleOptions } from "../testing/console-suite.ts";
import { echoService, echoSuite } from "../testing/echo-suite.ts";

const suite = echoSuite();

/** The words of each language, written down apart from its catalogues. */
const words = {
  en: { palette: "Command palette", chooseFile: "Choose a file for content", options: "Options" },
  "zh-CN": { palette: "命令面板", chooseFile: "为 content 选择文件", options: "选项" },
} as const;

const looks = [
  { language: "en", theme: "light" },
  { language: "zh-CN", theme: "dark" },
] as const;

/** An image of one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function open(method: string, look: OpenConsoleOptions = {}): Promise<ConsolePage> {
  return suite.open({ ...look, target: "echo", method: `${echoService}/${method}` });
}

/** The accessible name of what has the focus, as far as its attribute tells it. */
function focused({ page }: ConsolePage): Promise<string> {
  return page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''");
}

describe.each(looks)("in $language, $theme", (look) => {
  const told = words[look.language];

  test("a file is sent as bytes, and is an image in the answer", async () => {
    const view = await open("Bytes", look);
    const { page, form, response, words: names } = view;
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      form.getByRole("button", { name: told.chooseFile }).click(),
    ]);
    await chooser.setFiles({ name: "pixel.png", mimeType: "image/png", buffer: png });
    await form.getByRole("img").first().waitFor(soon);
    await form.getByRole("textbox", { name: "content", exact: true }).press("ControlOrMeta+Enter");
    await view.expectStatus(`OK 0${names.gloss.OK}`);
    const tree = response.getByRole("tree", { name: names.responseMessage });
    await tree.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("img", { name: "content" }).waitFor(soon);
    await page.getByRole("dialog").getByText("image/png · 1 × 1").waitFor(soon);
    expect(await violations(view)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => tree.and(page.locator(":focus")).count(), soon).toBe(1);
  });

  test("by keyboard alone a method is found, 2^63-1 is typed, sent, and read in the answer", async () => {
    const view = await suite.open({ ...look, target: "echo", method: `${echoService}/EchoNothing` });
    const { page, response, words: names } = view;
    await page.getByRole("tree").first().waitFor(soon);
    await page.keyboard.press("ControlOrMeta+k");
    const palette = page.getByRole("dialog", { name: told.palette });
    await palette.getByRole("combobox").waitFor(soon);
    await page.keyboard.type("EchoScalars");
    await expect.poll(() => palette.getByRole("option").first().innerText(), soon).toContain("EchoScalars");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `${echoService} / EchoScalars` }).waitFor(soon);
    await view.form.getByRole("textbox", { name: "int64_field", exact: true }).first().waitFor(soon);
    for (let presses = 0; presses < 80 && (await focused(view)) !== "int64_field"; presses++) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("9223372036854775807");
    await page.keyboard.press("ControlOrMeta+Enter");
    await view.expectStatus(`OK 0${names.gloss.OK}`);
    const line = response.getByRole("tree", { name: names.responseMessage }).getByRole("treeitem");
    await line.filter({ hasText: '"int64Field": "9223372036854775807"' }).waitFor(soon);
  });

  test("an error's details are read, each as what it is, and the unknown one as its bytes", async () => {
    const view = await open("Fail", look);
    const { response } = view;
    await view.type('{"code": 9, "message": "The kettle is sold out", "everyDetail": true}');
    await view.press(view.words.send);
    await response.getByText("The kettle is sold out").first().waitFor(soon);
    await response
      .getByText(/^FAILED_PRECONDITION 9/)
      .first()
      .waitFor(soon);
    const detail = (name: string) => response.getByRole("region", { name });
    expect(await detail("google.rpc.BadRequest").innerText()).toContain("customer.email");
    expect(await detail("google.rpc.ErrorInfo").innerText()).toContain("STOCK_EMPTY");
    expect(await detail("google.rpc.LocalizedMessage").innerText()).toContain("Der Kessel ist ausverkauft");
    expect(await detail("google.rpc.Help").getByRole("link").count()).toBe(1);
    expect(await detail("buf.validate.Violations").innerText()).toContain("must be a valid email address");
    expect(await detail("unheard.of.Detail").innerText()).toContain("0a 03 61 62 63");
    expect(await violations(view)).toEqual([]);
  });

  test("axe finds nothing wrong with a form full of problems, its options, and the panel for what is pasted", async () => {
    const view = await open("EchoMaps", look);
    const { page, request, form } = view;
    await view.type(
      '{"byString": {"a": "1", "a": "2"}, "byBool": {"maybe": ""}, "longs": {"x": "9a"}, "nodes": 5, "no": 1}',
    );
    await view.showView("form");
    await form.locator("[aria-invalid=true]").first().waitFor(soon);
    expect(await violations(view)).toEqual([]);
    await page.locator("button[aria-haspopup=dialog]").and(request.locator("button")).first().press("Enter");
    await page.getByRole("dialog").getByRole("textbox").fill('by_string { key: "a" value: "b" }\nno_such: 1');
    await page.getByRole("dialog").getByText("no_such").first().waitFor(soon);
    expect(await violations(view)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("button[aria-haspopup=dialog]:focus").count(), soon).toBe(1);
    await request.getByRole("tab", { name: new RegExp(`^${told.options}`) }).click();
    await request.getByRole("tabpanel").getByRole("textbox").last().fill("many");
    expect(await violations(view)).toEqual([]);
  });
});

test.each(["grpc-web", "websocket"])(
  "an answer above four megabytes of a gRPC server comes whole by %s",
  async (protocol) => {
    const view = await open("Large");
    const { page, response } = view;
    await page.getByRole("combobox", { name: "Protocol" }).selectOption(protocol);
    await view.type('{"rows": 30000, "textLength": 180}');
    await page.keyboard.press("Control+Enter");
    await view.expectStatus("OK 0");
    await response.getByText("30,000 items").waitFor(soon);
  },
);
