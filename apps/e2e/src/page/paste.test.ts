import { describe, expect, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

const grpcurl = `grpcurl -plaintext -max-time 2.5 -H 'x-trace: 7' -d '{"name": "Grace"}' 127.0.0.1:1 Greeter/SayHello`;

/** Puts a text into the clipboard, as a user who copied it elsewhere has it. */
async function copy({ page }: ConsolePage, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
}

/** Replaces all of the editor's text by what is pasted. */
async function pasteOver(open: ConsolePage, text: string): Promise<void> {
  await copy(open, text);
  await open.showView("json");
  await open.editor.press("ControlOrMeta+A");
  await open.page.keyboard.press("ControlOrMeta+V");
}

describe("a paste into the editor", () => {
  test("fills a grpcurl line in, says what it could not use, and is undone", async () => {
    const open = await suite.open({ method: "Greeter/SayHello" });
    const { page, request } = open;
    const before = await open.requestText();
    await pasteOver(open, grpcurl);
    const notice = request.getByRole("status").filter({ hasText: "Understood as a grpcurl command line" });
    await notice.waitFor(soon);
    expect(await notice.innerText()).toContain("Filled in: message, metadata (1), deadline 2500 ms.");
    expect(await notice.innerText()).toContain(
      "How the server is reached is set for the target, not here: -plaintext.",
    );
    await expect.poll(open.requestText).toContain('"Grace"');
    expect(await page.getByRole("textbox", { name: "Deadline" }).inputValue()).toBe("2500 ms");
    expect(await violations(open)).toEqual([]);
    await open.press("Send");
    await open.expectStatus("OK 0");
    expect(await open.message()).toEqual({ message: expect.stringContaining("Grace") });
    await notice.getByRole("button", { name: "Undo" }).press("Enter");
    await expect.poll(open.requestText).toBe(before);
    expect(await page.getByRole("textbox", { name: "Deadline" }).inputValue()).toBe("");
    expect(await notice.count()).toBe(0);
  });

  test("is one step for the editor's own undo", async () => {
    const open = await suite.open({ method: "Greeter/SayHello" });
    const before = await open.requestText();
    await pasteOver(open, 'name: "Grace" # as text format has it');
    await expect.poll(open.requestText).toContain('"Grace"');
    await open.editor.press("ControlOrMeta+Z");
    await expect.poll(open.requestText).toBe(before);
  });

  test("takes bytes in gRPC's envelope, in Chinese as well", async () => {
    const open = await suite.open({ method: "Greeter/SayHello", language: "zh-CN" });
    await pasteOver(open, "00000000: 0000 0000 050a 0341 6461                 .......Ada");
    const notice = open.request.getByRole("status").filter({ hasText: "识别为十六进制字节。" });
    await notice.waitFor(soon);
    expect(await notice.innerText()).toContain("已去掉 gRPC 信封（每条消息前的五个字节）：1 个。");
    await expect.poll(open.requestText).toContain('"Ada"');
  });

  test("offers to open the method that a buf curl line calls", async () => {
    const open = await suite.open({ method: "Greeter/SayHello" });
    const before = await open.requestText();
    await pasteOver(
      open,
      `buf curl -d '{"data": "a"} {"data": "b"}' http://127.0.0.1:1/test.demo/TestClientSendStream`,
    );
    const notice = open.request.getByRole("status").filter({ hasText: "which calls another method of this target" });
    await notice.waitFor(soon);
    expect(await open.requestText()).toBe(before);
    await notice.getByRole("button", { name: "Open TestClientSendStream in a new tab" }).press("Enter");
    await open.page.getByRole("heading", { name: /TestClientSendStream/ }).waitFor(soon);
    await expect.poll(open.requestText).toMatch(/"a".*"b"/s);
  });

  test("leaves text alone that is pasted into other text", async () => {
    const open = await suite.open({ method: "Greeter/SayHello" });
    await open.type('{"name": "x"}');
    await open.editor.press("ControlOrMeta+End");
    await open.page.keyboard.press("ArrowLeft");
    await open.page.keyboard.press("ArrowLeft");
    await open.page.keyboard.press("ArrowLeft");
    await copy(open, grpcurl);
    await open.page.keyboard.press("ControlOrMeta+V");
    await expect.poll(open.requestText).toContain("grpcurl -plaintext");
  });
});

describe("a paste onto the page", () => {
  test("is filled in, or said to be nothing that could be", async () => {
    const open = await suite.open({ method: "Greeter/SayHello" });
    await open.showView("json");
    await copy(open, "CgVHcmFjZQ==");
    await open.page.getByRole("heading", { name: /SayHello/ }).click();
    await open.page.keyboard.press("ControlOrMeta+V");
    await expect.poll(open.requestText, soon).toContain('"Grace"');
    await copy(open, "good morning");
    await open.page.keyboard.press("ControlOrMeta+V");
    await open.request.getByText("Nothing was changed.").waitFor(soon);
    await expect.poll(open.requestText).toContain('"Grace"');
  });
});

describe("the panel for what is pasted", () => {
  test("shows what would be filled in, and leads to what is wrong", async () => {
    const open = await suite.open({ method: "Greeter/SayHello" });
    const { page } = open;
    await page.getByRole("button", { name: "Paste…" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Paste a message or a command" });
    const area = dialog.getByRole("textbox");
    await area.fill('name: "Grace"\nnmae: 1');
    await dialog.getByText("Understood as text format. Fills in: message.").waitFor(soon);
    await dialog.getByText("HelloRequest has no field nmae. Did you mean name?").waitFor(soon);
    await dialog.getByRole("button", { name: "2:1" }).press("Enter");
    expect(await page.evaluate("document.activeElement.selectionStart")).toBe(14);
    expect(await violations(open)).toEqual([]);
    await dialog.getByRole("button", { name: "Fill in" }).press("Enter");
    await expect.poll(open.requestText).toContain('"Grace"');
    expect(await dialog.count()).toBe(0);
  });
});

describe("the editor's tools", () => {
  test("clear the message, fill in the example, and can be undone", async () => {
    const open = await suite.open({ method: "Greeter/SayHello" });
    const example = await open.requestText();
    await open.press("Clear");
    await expect.poll(open.requestText).toBe("{}");
    await open.press("Example");
    await expect.poll(open.requestText).toBe(example);
    await open.editor.press("ControlOrMeta+Z");
    await expect.poll(open.requestText).toBe("{}");
  });
});
