import { describe, expect, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { echoService, echoSuite } from "../testing/echo-suite.ts";
import type { PageLanguage } from "../testing/page-words.ts";

const suite = echoSuite();

/** What the form calls its controls, written down apart from the page's catalogues. */
const words = {
  en: {
    add: (name: string) => `Add to ${name}`,
    set: (name: string) => `Set ${name}`,
    key: (name: string) => `Key of ${name}`,
    value: (name: string) => `Value of ${name}`,
    remove: (name: string) => `Remove ${name}`,
    none: "none",
    firstProblem: "First problem",
  },
  "zh-CN": {
    add: (name: string) => `添加到 ${name}`,
    set: (name: string) => `设置 ${name}`,
    key: (name: string) => `${name} 的键`,
    value: (name: string) => `${name} 的值`,
    remove: (name: string) => `移除 ${name}`,
    none: "无",
    firstProblem: "第一个问题",
  },
} as const;

async function openForm(method: string, text = "{}", language: PageLanguage = "en"): Promise<ConsolePage> {
  const view = await suite.open({ target: "echo", method: `${echoService}/${method}`, language });
  await view.type(text);
  await view.showView("form");
  return view;
}

async function jsonOf(view: ConsolePage): Promise<unknown> {
  return JSON.parse(await view.requestText());
}

/** The accessible name of what has the focus. */
function focused({ page }: ConsolePage): Promise<string> {
  return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName");
}

async function tabTo(view: ConsolePage, name: string, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 60 && (await focused(view)) !== name; presses++) {
    await view.page.keyboard.press(key);
  }
  expect(await focused(view)).toBe(name);
}

describe.each(["en", "zh-CN"] as const)("a message with nested, map and oneof fields, in %s", (language) => {
  const word = words[language];

  test("is filled in by the mouse, sent, and comes back", async () => {
    const view = await openForm("EchoNode", "{}", language);
    const { form, page } = view;
    await form.getByRole("textbox", { name: "name", exact: true }).fill("root");
    await form.getByRole("button", { name: word.set("next") }).click();
    await form.getByRole("group", { name: "next" }).getByRole("textbox", { name: "name", exact: true }).fill("inner");
    await form
      .getByRole("button", { name: word.add("by_name") })
      .last()
      .click();
    await form.getByRole("textbox", { name: word.key('by_name[""]') }).fill("a");
    await form.getByRole("radio", { name: "url" }).last().check();
    await form.getByRole("textbox", { name: "url" }).fill("https://example.com");
    expect(await violations(view)).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await view.expectStatus(`OK 0${view.words.gloss.OK}`);
    expect(await view.message()).toMatchObject({ name: "root", next: { name: "inner" } });
    expect(await jsonOf(view)).toEqual({
      name: "root",
      next: { name: "inner" },
      byName: { a: {} },
      url: "https://example.com",
    });
  });

  test("is filled in by the keyboard alone", async () => {
    const view = await openForm("EchoNode", "{}", language);
    const { keyboard } = view.page;
    await tabTo(view, "name");
    await keyboard.insertText("root");
    await tabTo(view, word.set("next"));
    await keyboard.press("Enter");
    await tabTo(view, "name");
    await keyboard.insertText("inner");
    await tabTo(view, word.add("children"));
    await tabTo(view, word.none);
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowDown");
    expect(await focused(view)).toBe("url");
    await keyboard.press("Tab");
    await keyboard.insertText("u");
    expect(await jsonOf(view)).toEqual({ name: "root", next: { name: "inner", url: "u" } });
  });
});

describe("a oneof", () => {
  test("keeps what was typed for the other members, across a reload too", async () => {
    const view = await openForm("EchoOneofs", '{"text": "kept"}');
    const { form, page } = view;
    await form.getByRole("radio", { name: "number" }).check();
    await form.getByRole("textbox", { name: "number" }).fill("7");
    await form.getByRole("radio", { name: "text", exact: true }).check();
    await expect.poll(() => form.getByRole("textbox", { name: "text", exact: true }).inputValue()).toBe("kept");
    expect(await jsonOf(view)).toEqual({ text: "kept" });
    await page.reload();
    await view.showView("form");
    await form.getByRole("radio", { name: "number" }).check();
    expect(await jsonOf(view)).toEqual({ number: "7" });
  });

  test("shows a second member as it stands, and loses nothing of it", async () => {
    const view = await openForm("EchoOneofs", '{"text": "a", "number": 1}');
    await view.form.getByText("oneof already set").waitFor(soon);
    await view.form.getByRole("radio", { name: words.en.none, exact: true }).first().click();
    expect(await jsonOf(view)).toEqual({ number: 1 });
  });
});

describe("a list", () => {
  test("grows by Enter, is put in order by Alt and the arrows, and the focus goes with it", async () => {
    const view = await openForm("PlaceOrder", '{"tags": ["a"]}');
    const { form, page } = view;
    await form.getByRole("textbox", { name: "tags[0]" }).press("Enter");
    await expect.poll(() => focused(view), soon).toBe("tags[1]");
    await page.keyboard.insertText("b");
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => focused(view), soon).toBe("tags[0]");
    await form.getByRole("button", { name: words.en.remove("tags[1]") }).press("Enter");
    await expect.poll(() => focused(view), soon).toBe(words.en.remove("tags[0]"));
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(view), soon).toBe(words.en.add("tags"));
    expect(await jsonOf(view)).toEqual({ tags: [] });
  });

  test("takes a pasted list as items", async () => {
    const view = await openForm("PlaceOrder", '{"tags": [""]}');
    const { form, page } = view;
    await form.getByRole("textbox", { name: "tags[0]" }).focus();
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "one\\ntwo\\nthree");
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
    })()`);
    await form.getByText("Items pasted: 3").waitFor(soon);
    expect(await jsonOf(view)).toEqual({ tags: ["one", "two", "three"] });
  });

  test("of ten thousand is drawn where it is looked at", async () => {
    const tags = Array.from({ length: 10_000 }, (_, at) => `tag ${at}`);
    const view = await openForm("PlaceOrder", JSON.stringify({ tags }));
    await view.form.getByRole("button", { name: "Fields of tags" }).click();
    await view.form.getByRole("textbox", { name: "tags[0]" }).waitFor(soon);
    expect(await view.form.getByRole("textbox", { name: /^tags/ }).count()).toBeLessThan(400);
    await view.form.getByRole("button", { name: words.en.add("tags") }).click();
    await expect.poll(() => focused(view), soon).toBe("tags[10000]");
  });
});

describe("a map", () => {
  test("says that a key is there twice, and leads to it", async () => {
    const view = await openForm("EchoMaps", '{"byString": {"a": "1"}}');
    const { form, page } = view;
    await form.getByRole("button", { name: words.en.add("by_string") }).click();
    await expect.poll(() => focused(view), soon).toBe(words.en.key('by_string[""]'));
    await page.keyboard.insertText("a");
    const key = form.getByRole("textbox", { name: words.en.key('by_string["a"]') }).last();
    await expect.poll(() => key.getAttribute("aria-invalid"), soon).toBe("true");
    await form.getByText("set twice").waitFor(soon);
    await form.getByRole("button", { name: words.en.firstProblem }).click();
    await expect.poll(() => key.and(page.locator(":focus")).count(), soon).toBe(1);
  });

  test("takes keys of every type, and says which are of another", async () => {
    const view = await openForm("EchoMaps", '{"byBool": {"maybe": ""}}');
    const { form } = view;
    await form.getByRole("textbox", { name: words.en.key('by_bool["maybe"]') }).waitFor(soon);
    await form.getByRole("button", { name: words.en.add("by_bool") }).click();
    await form.getByRole("combobox", { name: words.en.key('by_bool["false"]') }).selectOption("true");
    await form.getByRole("button", { name: words.en.add("by_uint64") }).click();
    await form.getByRole("textbox", { name: words.en.key('by_uint64["0"]') }).fill("18446744073709551615");
    expect(await jsonOf(view)).toEqual({
      byUint64: { "18446744073709551615": "" },
      byBool: { maybe: "", true: "" },
    });
  });
});

describe("presence", () => {
  test("of an optional field is a mark, and its value comes back", async () => {
    const view = await openForm("EchoOneofs", '{"notAOneof": "typed"}');
    const mark = view.form.getByRole("checkbox", { name: words.en.set("not_a_oneof") });
    await mark.uncheck();
    expect(await jsonOf(view)).toEqual({});
    await view.showView("form");
    await mark.check();
    expect(await jsonOf(view)).toEqual({ notAOneof: "typed" });
  });

  test("of a field that declares a default shows it while it is not set", async () => {
    const view = await openForm("EchoLegacy");
    const field = view.form.getByRole("textbox", { name: "int64_default", exact: true });
    expect(await field.getAttribute("placeholder")).toBe("-9223372036854775808");
    await view.form.getByText("required", { exact: true }).first().waitFor(soon);
  });
});

test("an extension is chosen, set and sent", async () => {
  const view = await openForm("EchoLegacy");
  const name = "switchboard.testing.v1.extra_number";
  await view.form.getByRole("combobox", { name: "Add extension…" }).selectOption(name);
  await view.form.getByRole("button", { name: "Add", exact: true }).last().click();
  await view.form.getByRole("textbox", { name: `[${name}]` }).fill("5");
  expect(await jsonOf(view)).toEqual({ [`[${name}]`]: "5" });
});

test("2^63-1 is typed, sent and comes back digit by digit", async () => {
  const view = await openForm("EchoOneofs", '{"number": "1"}');
  await view.form.getByRole("textbox", { name: "number" }).fill("9223372036854775807");
  await view.press("Send");
  await view.expectStatus("OK 0");
  expect(await view.message()).toMatchObject({ number: "9223372036854775807" });
});

test("what the schema doesn't know, and what is half typed, is kept in both views", async () => {
  const view = await openForm("PlaceOrder", '{"mystery": {"deep": [1, 2]}, "customer": {"age": "12a"}}');
  const { form } = view;
  await form.getByText("not in the schema").waitFor(soon);
  expect(await form.getByRole("textbox", { name: "age" }).inputValue()).toBe("12a");
  await form.getByRole("textbox", { name: "id", exact: true }).fill("7");
  expect(await jsonOf(view)).toEqual({ id: "7", mystery: { deep: [1, 2] }, customer: { age: "12a" } });
  await view.showView("form");
  await form.getByRole("button", { name: words.en.remove("mystery") }).click();
  expect(await jsonOf(view)).toEqual({ id: "7", customer: { age: "12a" } });
});

test("a fault of grammar is said, and leads to its place; the fields stay editable", async () => {
  const view = await openForm("PlaceOrder", '{"id": "1", "note": "n" "x"');
  await view.form.getByText(/The text is not JSON at 1:\d+/).waitFor(soon);
  await view.form.getByRole("textbox", { name: "id", exact: true }).fill("2");
  await view.form.getByRole("button", { name: "Show in JSON" }).click();
  await view.editor.waitFor(soon);
  expect(await view.editor.innerText()).toContain('"id": "2"');
});

test("the messages of a stream are added, doubled, moved and taken away", async () => {
  const view = await openForm("EchoEach", '{"shade": 1}');
  const { form } = view;
  await form.getByRole("button", { name: "Duplicate Message 1" }).click();
  await form.getByRole("button", { name: "Add message" }).click();
  await expect.poll(() => form.getByRole("region", { name: /^Message \d/ }).count(), soon).toBe(3);
  await form.getByRole("button", { name: "Move Message 3 up" }).click();
  await form.getByRole("button", { name: "Remove Message 1" }).click();
  const text = await view.requestText();
  expect(text.replace(/\s/g, "")).toBe('{}{"shade":1}');
});

test("is undone step by step, in the form and in the editor", async () => {
  const view = await openForm("PlaceOrder", '{"tags": ["a", "b"]}');
  const { form, page } = view;
  await form.getByRole("button", { name: words.en.remove("tags[0]") }).click();
  await form.getByRole("textbox", { name: "tags[1]" }).waitFor({ state: "detached" });
  await page.keyboard.press("Control+Z");
  await form.getByRole("textbox", { name: "tags[1]" }).waitFor(soon);
  expect(await jsonOf(view)).toEqual({ tags: ["a", "b"] });
});

test("the Tab key passes through all of many fields, drawn or not", async () => {
  const tags = Array.from({ length: 120 }, (_, at) => `tag ${at}`);
  const view = await openForm("PlaceOrder", JSON.stringify({ tags }));
  await view.form.getByRole("button", { name: "Fields of tags" }).click();
  await view.form.getByRole("textbox", { name: "tags[0]" }).focus();
  const seen: string[] = [];
  while (!seen.includes("tags[119]") && seen.length < 1_000) {
    const name = await focused(view);
    seen.push(name);
    await view.page.keyboard.press("Tab");
  }
  const fields = seen.filter((name) => /^tags\[\d+\]$/.test(name));
  expect(fields).toEqual(tags.map((_, at) => `tags[${at}]`));
});
