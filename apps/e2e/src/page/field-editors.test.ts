import { mkdtempDisposable, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { echoService, echoSuite } from "../testing/echo-suite.ts";

const suite = echoSuite();

/** The form of a method's request, with nothing filled in. */
async function openForm(method: string): Promise<{ readonly view: ConsolePage; readonly form: Locator }> {
  const view = await suite.open({ target: "echo", method: `${echoService}/${method}` });
  await showTab(view, "JSON");
  await view.type("{}");
  await showTab(view, "Form");
  const form = view.page.getByRole("form");
  await form.waitFor(soon);
  return { view, form };
}

async function showTab({ request }: ConsolePage, name: string): Promise<void> {
  await request.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
}

function field(form: Locator, name: string): Locator {
  return form.getByRole("textbox", { name, exact: true }).first();
}

function choice(form: Locator, name: string): Locator {
  return form.getByRole("combobox", { name, exact: true }).first();
}

/** What the form has made of the message, which the server takes. */
async function sent(view: ConsolePage): Promise<unknown> {
  await view.press("Send");
  await view.expectStatus("OK 0");
  await showTab(view, "JSON");
  const text = await view.requestText();
  await showTab(view, "Form");
  return JSON.parse(text);
}

/** An image of one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("numbers", () => {
  test("keep every digit of a 64-bit integer, NaN and the sign of zero", async () => {
    const { view, form } = await openForm("EchoScalars");
    await field(form, "int64_field").fill("9223372036854775807");
    await field(form, "uint64_field").fill("0xffff_ffff_ffff_ffff");
    await field(form, "double_field").fill("nan");
    await field(form, "float_field").fill("-0");
    expect(await sent(view)).toEqual({
      int64Field: "9223372036854775807",
      uint64Field: "18446744073709551615",
      doubleField: "NaN",
      floatField: -0,
    });
    await view.response.getByText("9223372036854775807").first().waitFor(soon);
  });

  test("stay as they are typed while they are none, and are marked", async () => {
    const { form } = await openForm("EchoScalars");
    const number = field(form, "int32_field");
    await number.pressSequentially("12a");
    expect(await number.inputValue()).toBe("12a");
    await expect.poll(() => number.getAttribute("aria-invalid"), soon).toBe("true");
    await number.press("Backspace");
    await expect.poll(() => number.getAttribute("aria-invalid"), soon).toBe(null);
  });

  test("tell what a float stores where digits are lost", async () => {
    const { form } = await openForm("EchoScalars");
    await field(form, "float_field").fill("16777217");
    await form.getByText("stored as 16777216").waitFor(soon);
  });

  test("are taken away when they are emptied", async () => {
    const { view, form } = await openForm("EchoScalars");
    await field(form, "int32_field").fill("5");
    await field(form, "uint32_field").fill("6");
    await field(form, "int32_field").fill("");
    expect(await sent(view)).toEqual({ uint32Field: 6 });
  });
});

describe("bytes", () => {
  test("come from a file, are shown as the image that they are, and are sent", async () => {
    const { view, form } = await openForm("Bytes");
    const [chooser] = await Promise.all([
      view.page.waitForEvent("filechooser"),
      form.getByRole("button", { name: "Choose a file for content" }).click(),
    ]);
    await chooser.setFiles({ name: "pixel.png", mimeType: "image/png", buffer: png });
    const image = form.getByRole("img", { name: "The bytes of content as an image" });
    await image.waitFor(soon);
    await expect.poll(() => image.evaluate((one) => ("naturalWidth" in one ? one.naturalWidth : undefined))).toBe(1);
    expect(await sent(view)).toMatchObject({ content: png.toString("base64") });
  });

  test("are typed in any form, and stay the same in every other", async () => {
    const { view, form } = await openForm("Bytes");
    const shownAs = choice(form, "Form of content");
    await shownAs.selectOption("text");
    await field(form, "content").fill("héllo");
    await shownAs.selectOption("hex");
    expect(await field(form, "content").inputValue()).toBe("68 c3 a9 6c 6c 6f");
    await field(form, "content").fill("ff 0");
    await form.getByText("no whole bytes yet: kept as typed").waitFor(soon);
    await field(form, "content").pressSequentially("0");
    await shownAs.selectOption("text");
    await form.getByText("These bytes can't be shown exactly as text.").waitFor(soon);
    expect(await sent(view)).toMatchObject({ content: "/wA=" });
  });

  test("of a file beyond the limit are refused with the limit", async () => {
    const { form } = await openForm("Bytes");
    await using directory = await mkdtempDisposable(join(tmpdir(), "switchboard-file-"));
    const file = join(directory.path, "large.bin");
    await writeFile(file, "");
    await truncate(file, 20_000_000);
    await form.locator("[data-choose=bytes]").first().setInputFiles(file);
    await form.getByText("large.bin has 20.0 MB; the limit is 16.8 MB. Choose a smaller file.").waitFor(soon);
  });
});

describe("well-known types", () => {
  test("set a Timestamp to the nanosecond, and move it between zones", async () => {
    const { view, form } = await openForm("EchoWellKnown");
    const moment = field(form, "timestamp");
    await moment.fill("2030-10-10T12:00:00.123456789+05:30");
    const picker = form.getByRole("button", { name: "Date, time and zone of timestamp", exact: true });
    await picker.focus();
    await picker.press("Enter");
    await form.getByRole("combobox", { name: "Zone", exact: true }).selectOption("utc");
    await expect.poll(() => moment.inputValue(), soon).toBe("2030-10-10T06:30:00.123456789Z");
    await form.getByLabel("Date and time of timestamp", { exact: true }).fill("2031-02-03T04:05:06");
    expect(await sent(view)).toEqual({ timestamp: "2031-02-03T04:05:06.123456789Z" });
  });

  test("read a Duration in any unit", async () => {
    const { view, form } = await openForm("EchoWellKnown");
    await field(form, "duration").fill("1h30m");
    expect(await sent(view)).toEqual({ duration: "5400s" });
  });

  test("choose the paths of a FieldMask by the keyboard", async () => {
    const { view, form } = await openForm("EchoWellKnown");
    const mask = choice(form, "field_mask");
    await mask.pressSequentially("any_by");
    await view.page.getByRole("option", { name: "any_by_name" }).waitFor(soon);
    await mask.press("Enter");
    await mask.pressSequentially("timestamp");
    await mask.press("Enter");
    expect(await sent(view)).toEqual({ fieldMask: "anyByName,timestamp" });
    await form.getByRole("button", { name: "Remove any_by_name" }).click();
    expect(await sent(view)).toEqual({ fieldMask: "timestamp" });
  });

  test("build an Any of a known type from nothing", async () => {
    const { view, form } = await openForm("EchoWellKnown");
    const type = choice(form, "Type of any");
    await type.pressSequentially("v1 Scalars");
    await type.press("Enter");
    await expect.poll(() => type.inputValue(), soon).toBe("switchboard.testing.v1.Scalars");
    await field(form, "sint64_field").fill("-9223372036854775808");
    // The server reads no JSON of types that it doesn't use.
    await view.page.getByRole("combobox", { name: "Protocol" }).selectOption("connect-binary");
    expect(await sent(view)).toEqual({
      any: { "@type": "type.googleapis.com/switchboard.testing.v1.Scalars", sint64Field: "-9223372036854775808" },
    });
  });

  test("build a Struct member by member", async () => {
    const { view, form } = await openForm("EchoWellKnown");
    await form.getByRole("button", { name: "Add a member to struct", exact: true }).click();
    await field(form, "Name 1 in struct").fill("age");
    await choice(form, "Kind of struct age").selectOption("number");
    await field(form, "struct age").fill("36.5");
    expect(await sent(view)).toEqual({ struct: { age: 36.5 } });
  });
});

describe("enums", () => {
  test("are chosen by the keyboard from what is typed of a name", async () => {
    const { view, form } = await openForm("Echo");
    const shade = choice(form, "shade");
    await shade.pressSequentially("gre");
    await view.page.locator("[role=option]", { hasText: "1 = SHADE_GRAY" }).waitFor(soon);
    await shade.press("Enter");
    expect(await shade.inputValue()).toBe("SHADE_GREY");
    await shade.press("ArrowDown");
    await shade.press("ArrowDown");
    await shade.press("Enter");
    expect(await sent(view)).toEqual({ shade: "SHADE_BLACK" });
  });

  test("keep a number that an open enum doesn't have", async () => {
    const { view, form } = await openForm("Echo");
    await choice(form, "shade").fill("4711");
    await form.getByText("unknown number").waitFor(soon);
    expect(await sent(view)).toEqual({ shade: 4711 });
  });
});
