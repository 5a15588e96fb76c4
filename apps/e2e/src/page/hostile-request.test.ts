import { describe, expect, test } from "vitest";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { deepNode, depth } from "../testing/deep-messages.ts";
import { echoService } from "../testing/echo-suite.ts";
import { expectHarmless, hostileSuite } from "../testing/hostile-suite.ts";
import { markup, tricks } from "../testing/hostile-texts.ts";

const suite = hostileSuite();

/** A value for every name that means something to JavaScript. An object of it would lose `__proto__`. */
const names = `{
  "__proto__": "own",
  "constructor": "c",
  "toString": "t",
  "then": "h",
  "toJSON": "j",
  "length": "l",
  "<b onmouseover=alert(1)>bold</b>": ${JSON.stringify(markup)},
  "\u202Egnp.exe": ${JSON.stringify(tricks)},
  "mapOfAnyKey": {"__proto__": "p", "constructor": "c", "toString": "t", "": "e", ${JSON.stringify(markup)}: "m"},
  "namesByKey": {"__proto__": {"__proto__": "deeper"}, "constructor": {}},
  "push": ["a"],
  "nested": {"value": "hasOwnProperty"},
  "lower": {"__proto__": "low", "constructor": {"__proto__": "lowest"}}
}`;

function openEcho(method: string): Promise<ConsolePage> {
  return suite.open({ target: "echo", method: `${echoService}/${method}` });
}

async function expectNamesBack(view: ConsolePage): Promise<void> {
  await view.press("Send");
  await view.expectStatus("OK 0");
  const text = await view.response.getByRole("tree", { name: "Response message" }).innerText();
  for (const [name, value] of Object.entries(JSON.parse(names))) {
    if (typeof value === "string" && value !== tricks) {
      expect(text, name).toContain(JSON.stringify(value));
    }
  }
  expect(text).toContain('"__proto__": "own"');
  expect(text).toContain('"__proto__": "p"');
  expect(text).toContain('"__proto__": "deeper"');
  expect(text).toContain('"__proto__": "lowest"');
}

describe("names that every object has", () => {
  test.each(["Connect (JSON)", "Connect (binary)", "gRPC-Web", "gRPC-Web over WebSocket"])(
    "are sent and come back by %s",
    async (protocol) => {
      const view = await openEcho("EchoNames");
      await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: protocol });
      await view.type(names);
      await expectNamesBack(view);
      await expectHarmless(view);
    },
  );

  test("are fields, map keys and members of a oneof in the form", async () => {
    const view = await openEcho("EchoNames");
    await view.type("{}");
    await view.showView("form");
    const { form } = view;
    const field = (name: string) => form.getByRole("textbox", { name, exact: true }).first();
    for (const name of ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "then", "length"]) {
      await field(name).fill(`${name} ${markup}`);
    }
    await form.getByRole("button", { name: "Add to map_of_any_key" }).click();
    await view.page.keyboard.type("__proto__");
    await form.getByRole("textbox", { name: /^Value of map_of_any_key/ }).fill("own");
    await expect
      .poll(async () => JSON.stringify(JSON.parse(await view.requestText())), soon)
      .toContain('"mapOfAnyKey":{"__proto__":"own"}');
    await view.showView("form");
    await form.getByRole("radio", { name: /__lookupGetter__/ }).check();
    await field("__lookupGetter__").fill("looked up");
    await form.getByRole("radio", { name: /lower/ }).check();
    await form.getByRole("radio", { name: /__lookupGetter__/ }).check();
    expect(await field("__lookupGetter__").inputValue()).toBe("looked up");
    await view.press("Send");
    await view.expectStatus("OK 0");
    const text = await view.response.getByRole("tree", { name: "Response message" }).innerText();
    expect(text).toContain(`"__proto__": ${JSON.stringify(`__proto__ ${markup}`)}`);
    expect(text).toContain(`"toString": ${JSON.stringify(`toString ${markup}`)}`);
    expect(text).toContain('"LookupGetter": "looked up"');
    await expectHarmless(view);
  });

  test("are services and methods, found in the tree and the palette", async () => {
    const view = await suite.open({ target: "echo", method: "switchboard.testing.v1.valueOf/hasOwnProperty" });
    const { page } = view;
    await view.type('{"__proto__": "one"}');
    await view.press("Send");
    await view.expectStatus("OK 0");
    for (const method of ["__proto__", "constructor", "toString"]) {
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").waitFor(soon);
      await page.keyboard.type(`__proto__ ${method}`);
      await page.getByRole("option").filter({ hasText: method }).first().waitFor(soon);
      await page.keyboard.press("Escape");
      await page.goto(`${suite.server.url}#/echo/switchboard.testing.v1.__proto__/${method}`);
      await page.getByRole("heading", { name: `switchboard.testing.v1.__proto__ / ${method}` }).waitFor(soon);
      await view.type('{"__proto__": "two"}');
      await view.press("Send");
      await view.expectStatus("OK 0");
      const text = await view.response.getByRole("tree", { name: "Response message" }).innerText();
      expect(text).toContain('"__proto__": "two"');
    }
    await page.reload();
    await expect.poll(() => view.requestText(), soon).toBe('{"__proto__": "two"}');
    await expectHarmless(view);
  });
});

describe("a request nested 5,000 deep", () => {
  const deepJson = `${'{"next":'.repeat(depth)}{}${"}".repeat(depth)}`;

  test("is marked with the limit, kept, and not sent", async () => {
    const view = await openEcho("EchoNode");
    await view.type(deepJson);
    const problems = view.request.getByRole("region", { name: "Problems" });
    await expect.poll(() => problems.innerText(), soon).toContain("100");
    await view.press("Send");
    await view.request.getByText(/^Not sent: the message has a problem/).waitFor(soon);
    await view.showView("form");
    await view.form.getByText(/100/).first().waitFor(soon);
    await view.showView("json");
    await view.page.keyboard.press("ControlOrMeta+End");
    await view.type('{"name": "shallow"}');
    await view.press("Send");
    await view.expectStatus("OK 0");
  });

  test("is refused in clear words when it is pasted as bytes or as text format", async () => {
    const view = await openEcho("EchoNode");
    const { page } = view;
    const before = await view.requestText();
    await page.getByRole("button", { name: "Paste…" }).click();
    const dialog = page.getByRole("dialog", { name: "Paste a message or a command" });
    await dialog.getByRole("textbox").fill(Buffer.from(deepNode().binary).toString("hex"));
    await dialog.getByText("This is neither JSON, nor text format, hex or base64").waitFor(soon);
    await dialog.getByRole("textbox").fill(`${"next {".repeat(depth)}${"}".repeat(depth)}`);
    await dialog
      .getByText(/100|deep/)
      .first()
      .waitFor(soon);
    await dialog.getByRole("textbox").fill(deepJson);
    await dialog
      .getByText(/100|deep/)
      .first()
      .waitFor(soon);
    await page.keyboard.press("Escape");
    expect(await view.requestText()).toBe(before);
  });
});

describe("a string of a million characters", () => {
  const long = `${markup}${"long ".repeat(200_000)}${markup}`;

  test("is typed as JSON, shown in the form, sent, answered and looked at", async () => {
    const view = await openEcho("EchoScalars");
    await view.type(JSON.stringify({ stringField: long }));
    await view.press("Send");
    await view.expectStatus("OK 0");
    await view.showView("form");
    await view.form.getByRole("textbox", { name: "string_field", exact: true }).first().waitFor(soon);
    await view.response.getByRole("tab", { name: "Wire" }).click();
    await view.response.getByRole("tabpanel", { name: "Wire" }).getByText(/JSON/).first().waitFor(soon);
    await expectHarmless(view);
  });

  test("is pasted into the form, which keeps the focus, and sent by a binary protocol", async () => {
    const view = await openEcho("EchoScalars");
    await view.type("{}");
    await view.showView("form");
    const { page } = view;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(long)})`);
    const field = view.form.getByRole("textbox", { name: "string_field", exact: true }).first();
    await field.focus();
    await page.keyboard.press("ControlOrMeta+v");
    await view.form.getByText("1,000,176 characters; only the beginning is shown").waitFor(soon);
    expect(await field.and(page.locator(":focus")).count()).toBe(1);
    await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: "gRPC-Web" });
    await view.press("Send");
    await view.expectStatus("OK 0");
    await view.response.getByRole("tab", { name: "Wire" }).click();
    await view.response.getByRole("treeitem").first().waitFor(soon);
    await view.page.reload();
    await field.waitFor(soon);
    await expectHarmless(view);
  });
});

test("metadata, a search and an address full of markup are text", async () => {
  const view = await openEcho("EchoNames");
  const { page, request } = view;
  await request.getByRole("tab", { name: "Metadata" }).click();
  await view.press("Add metadata");
  await page.getByRole("combobox", { name: "Name of row 1" }).fill(markup);
  await page.getByRole("textbox", { name: "Value of row 1" }).fill(`${markup}${tricks}`);
  await request.getByRole("alert").first().waitFor(soon);
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill(markup);
  await page.getByText("Nothing matches").waitFor(soon);
  await page.keyboard.press("Escape");
  await page.goto(`${suite.server.url}#/echo/${encodeURIComponent(markup)}/${encodeURIComponent(tricks)}`);
  await page.getByRole("heading", { name: "There is no method" }).first().waitFor(soon);
  await expectHarmless(view);
});
