import { describe, expect, onTestFinished, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";
import { startNewerServer } from "../testing/start-newer-server.ts";

const suite = consoleSuite();
const later = { timeout: 20_000 };

/** The view's words, written down apart from its catalogues. */
const words = {
  en: { wire: "Wire", fields: "Fields", unknown: "The schema has no field 9." },
  "zh-CN": { wire: "线上字节", fields: "字段", unknown: "模式中没有字段 9" },
} as const;

/** Calls a server that answers with a field which its schema lacks, and opens the wire view of the answer. */
async function openUnknownField(options: Parameters<typeof suite.open>[0] = {}): Promise<ConsolePage> {
  const server = await startNewerServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  const view = await suite.open(options);
  const { page } = view;
  const { wire } = words[options.language ?? "en"];
  await page.getByRole("textbox", { name: /^(Address|地址)$/ }).fill(server.host);
  await page.getByRole("button", { name: /^(Connect|连接)$/ }).click();
  await page.getByRole("heading", { name: server.host.replace(":", "-") }).waitFor(later);
  if (options.width === 900) {
    await page.getByRole("button", { name: view.words.showTree }).click();
  }
  await page.getByRole("treeitem", { name: / Get/ }).click(later);
  await view.type('{"id": "p1", "grams": "9007199254740993"}');
  await view.press(view.words.send);
  await view.expectStatus(`OK 0${view.words.gloss.OK}`);
  await view.response.getByRole("tab", { name: wire, exact: true }).click();
  return view;
}

test("a field that the schema lacks is found by keyboard alone, byte by byte", async () => {
  const { page, response } = await openUnknownField();
  const tree = response.getByRole("tree", { name: "Fields" });
  await tree.focus();
  await page.keyboard.press("End");
  const part = response.getByRole("treeitem", { selected: true });
  await expect.poll(() => part.innerText(), soon).toContain("north");
  await response.getByText(words.en.unknown).first().waitFor(soon);
  const marked = response.getByRole("listbox", { name: "Bytes" }).getByRole("option", { selected: true });
  expect((await marked.allInnerTexts()).join(" ")).toBe("4a 05 6e 6f 72 74 68");

  await response.getByRole("listbox", { name: "Bytes" }).focus();
  await page.keyboard.press("Control+Home");
  await expect.poll(() => part.innerText(), soon).toContain('"p1"');
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => part.innerText(), soon).toContain("9007199254740993");
});

test("a byte under the mouse shows its field, and a click keeps it", async () => {
  const { response } = await openUnknownField();
  const bytes = response.getByRole("listbox", { name: "Bytes" });
  await bytes.getByRole("option").last().click();
  await expect.poll(() => response.getByRole("treeitem", { selected: true }).innerText(), soon).toContain("north");
  await response.getByRole("treeitem", { name: /^id/ }).click();
  const marked = bytes.getByRole("option", { selected: true });
  expect((await marked.allInnerTexts()).join(" ")).toBe("0a 02 70 31");
});

test("each envelope of a stream has its flags in words, those that were sent too", async () => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: "gRPC-Web" });
  await view.press("Send");
  await view.expectReceived(1);
  await view.press("Cancel");
  await view.response.getByRole("tab", { name: "Wire", exact: true }).click();
  const envelopes = view.response.getByRole("listbox", { name: "Messages as carried" });
  await envelopes.getByRole("option", { name: /received 1 .*0x00 message/ }).waitFor(soon);
  await envelopes.getByRole("option", { name: /sent 1 .*0x00 message/ }).click();
  await view.response.getByRole("treeitem", { name: /^data/ }).waitFor(soon);
});

test("JSON payloads are text, and bytes at the push of a button", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  await view.press("Send");
  await view.expectStatus("OK 0");
  await view.response.getByRole("button", { name: "Show this message as the wire carried it" }).click();
  const text = view.response.getByRole("region", { name: "Payload as JSON text" });
  expect(JSON.parse(await text.innerText())).toEqual({ message: "Hello, Ada!" });
  await view.response.getByRole("button", { name: "Hex", exact: true }).click();
  expect(await view.response.getByRole("listbox", { name: "Bytes" }).getByRole("option").first().innerText()).toBe(
    "7b",
  );
});

describe.each([
  { language: "en", theme: "light", width: 1440 },
  { language: "zh-CN", theme: "dark", width: 900 },
] as const)("in $language, $theme, $width wide", (look) => {
  test("axe finds nothing wrong with the wire view", async () => {
    const view = await openUnknownField(look);
    const { page, response } = view;
    const { fields, unknown } = words[look.language];
    await response.getByRole("tree", { name: fields }).focus();
    await page.keyboard.press("End");
    await response.getByText(unknown).first().waitFor(soon);
    expect(await violations(view)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(look.width);
  });
});
