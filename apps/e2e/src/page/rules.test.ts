import { describe, expect, test } from "vitest";
import { violations } from "../testing/axe-violations.ts";
import type { ConsolePage } from "../testing/console-page.ts";
import { soon } from "../testing/console-page.ts";
import { echoService, echoSuite } from "../testing/echo-suite.ts";
import type { PageLanguage } from "../testing/page-words.ts";

const suite = echoSuite();

/** What the page says of rules, written down apart from its catalogues. */
const words = {
  en: {
    problems: "Problems",
    asks: (message: string) => `Rule broken: ${message}`,
    refused: (message: string) => `The server refused this: ${message}`,
    notSent: "Not sent: 2 of the schema's rules broken. Send again to send it as it is.",
    sendAnyway: "Send anyway",
    email: "An email address",
  },
  "zh-CN": {
    problems: "问题",
    asks: (message: string) => `不符合模式规则：${message}`,
    refused: (message: string) => `服务器拒绝了此项：${message}`,
    notSent: "未发送：违反了模式的 2 条规则。再次发送即可照原样发出。",
    sendAnyway: "仍然发送",
    email: "电子邮件地址",
  },
} as const;

const order = {
  id: "123e4567-e89b-42d3-a456-426614174000",
  customer: { name: "Ada", email: "ada@example.com" },
  lines: [{ article: "kettle", count: 1, price: 20 }],
  orderedAt: "2026-11-27T10:00:00Z",
  voucher: "ABCD1234",
};
const wrongEmail = { ...order, customer: { ...order.customer, email: "ada" } };
const wrongOrder = { ...wrongEmail, lines: [{ article: "kettle", count: 0, price: 20 }] };

function write(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** The texts that describe a field's control, as a screen reader tells them. */
async function describedTexts(view: ConsolePage, field: string): Promise<string> {
  const control = view.form.getByRole("textbox", { name: field, exact: true });
  const ids = (await control.getAttribute("aria-describedby"))?.split(" ") ?? [];
  const texts = ids.map((id) => view.page.locator(`[id="${id}"]`).allInnerTexts());
  return (await Promise.all(texts)).flat().join("\n");
}

async function expectProblems(view: ConsolePage, language: PageLanguage, problems: readonly string[]): Promise<void> {
  const list = view.request.getByRole("region", { name: words[language].problems }).getByRole("button");
  await expect.poll(() => list.allInnerTexts(), soon).toEqual(problems.map((text) => expect.stringContaining(text)));
}

const mail = "must be a valid email address";
const count = "must be greater than 0 and less than or equal to 99";

describe.each(["en", "zh-CN"] as const)("in %s", (language) => {
  const told = words[language];

  test("broken rules are told while typing, and a second press sends; the server's refusals are at their fields", async () => {
    const view = await suite.open({ target: "echo", method: `${echoService}/PlaceOrder`, language });
    await view.type(write(wrongOrder));
    await expectProblems(view, language, [told.asks(mail), told.asks(count)]);
    await view.editor.press("ControlOrMeta+Enter");
    await view.request.getByText(told.notSent).waitFor(soon);
    await view.editor.press("ControlOrMeta+Enter");
    await view.response.getByText("INVALID_ARGUMENT 3", { exact: false }).first().waitFor(soon);
    await expectProblems(view, language, [told.refused(mail), told.refused(count)]);

    // The list leads to the field that the server refused, and typing another value there takes the mark away.
    await view.request.getByRole("button", { name: told.refused(mail) }).press("Enter");
    await view.page.keyboard.insertText('"ada@example.com"');
    expect(JSON.parse(await view.requestText())).toMatchObject({ customer: { email: "ada@example.com" } });
    await expectProblems(view, language, [told.refused(count)]);
  });

  test("the rules of a field are told before they are broken", async () => {
    const view = await suite.open({ target: "echo", method: `${echoService}/PlaceOrder`, language });
    await expect
      .poll(() => view.form.getByRole("textbox", { name: "email", exact: true }).getAttribute("aria-describedby"), soon)
      .toContain("rules");
    expect(await describedTexts(view, "email")).toContain(told.email);
    await view.showView("json");
    await view.editor.getByText('"email"').hover();
    await view.page.locator(".cm-description").getByText(told.email).waitFor(soon);
  });
});

test("in the form, a refused field says so in its row, and the answer leads to it and to one that is absent", async () => {
  const view = await suite.open({ target: "echo", method: `${echoService}/PlaceOrder` });
  const { orderedAt, ...noTime } = wrongEmail;
  expect(orderedAt).toBeDefined();
  await view.type(write(noTime));
  await view.showView("form");
  const mailField = view.form.getByRole("textbox", { name: "email", exact: true });
  await expect.poll(() => describedTexts(view, "email"), soon).toContain(words.en.asks(mail));
  await mailField.press("ControlOrMeta+Enter");
  await view.request.getByText(words.en.notSent).waitFor(soon);
  await view.page.keyboard.press("ControlOrMeta+Enter");
  await expect.poll(() => describedTexts(view, "email"), soon).toContain(words.en.refused(mail));
  expect(await mailField.getAttribute("aria-invalid")).toBe("true");
  expect(await violations(view)).toEqual([]);

  await view.response.getByRole("button", { name: "ordered_at", exact: true }).press("Enter");
  await expect.poll(() => focusedName(view), soon).toContain("ordered_at");
  await view.response.getByRole("button", { name: "customer.email", exact: true }).press("Enter");
  await expect.poll(() => focusedName(view), soon).toContain("email");
  await mailField.fill("ada@example.com");
  await expect.poll(() => describedTexts(view, "email"), soon).not.toContain(words.en.refused(mail));
  await view.showView("json");
  await view.response.getByRole("button", { name: "customer.email", exact: true }).press("Enter");
  await view.page.keyboard.insertText('"eve@example.com"');
  expect(JSON.parse(await view.requestText())).toMatchObject({ customer: { email: "eve@example.com" } });
});

/** The name of what has the focus, as far as its attribute and its label tell. */
async function focusedName(view: ConsolePage): Promise<string> {
  const focused = view.page.locator(":focus");
  const id = await focused.getAttribute("id");
  const labels = await view.page.locator(`label[for="${id}"]`).allInnerTexts();
  return [await focused.getAttribute("aria-label"), ...labels].join(" ");
}

test("an example keeps the rules", async () => {
  const view = await suite.open({ target: "echo", method: `${echoService}/PlaceOrder` });
  await view.press(view.words.send);
  await view.expectStatus("OK 0");
});

test("a button sends what breaks rules, and refusals by google.rpc.BadRequest have their places too", async () => {
  const view = await suite.open({ target: "echo", method: `${echoService}/PlaceOrderByBadRequest` });
  const { orderedAt, ...noTime } = wrongEmail;
  expect(orderedAt).toBeDefined();
  await view.type(write(noTime));
  await expectProblems(view, "en", ["orderedAt: Rule broken: value is required", words.en.asks(mail)]);
  await view.press(view.words.send);
  await view.request.getByRole("button", { name: words.en.sendAnyway }).click();
  await view.response.getByText("INVALID_ARGUMENT 3", { exact: false }).first().waitFor(soon);
  await expectProblems(view, "en", ["orderedAt: The server refused this: value is required", words.en.refused(mail)]);
  // A new call begins without them.
  await view.type(write(order));
  await view.press(view.words.send);
  await view.expectStatus("OK 0");
  await expectProblems(view, "en", []);
});

test("a rule that can't be computed is told once, and keeps nobody from sending", async () => {
  const view = await suite.open({ target: "echo", method: `${echoService}/EchoBrokenRules` });
  await view.request
    .getByText("The schema's rules can't be checked here: failed to compile broken.syntax")
    .waitFor(soon);
  await view.press(view.words.send);
  await view.expectStatus("OK 0");
  await view.type('{"text": "more", "other": "x"}');
  await view.press(view.words.send);
  await view.expectStatus("OK 0");
  expect(await view.request.getByText("The schema's rules can't be checked here").count()).toBe(1);
});

test("what checks rules is loaded for a schema that has them, and for no other", async () => {
  const view = await suite.open();
  const loaded: string[] = [];
  view.page.on("request", (request) => void loaded.push(request.url()));
  await view.openMethod("SayHello");
  await view.press(view.words.send);
  await view.expectStatus("OK 0");
  expect(loaded.filter((url) => url.includes("protovalidate"))).toEqual([]);
  await view.page.goto(`${suite.server.url}#/echo/${echoService}/PlaceOrder`);
  await expect.poll(() => loaded.filter((url) => url.includes("protovalidate")), soon).toHaveLength(1);
});
