import { describe, expect, test } from "vitest";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { echoService } from "../testing/echo-suite.ts";
import { expectHarmless, hostileSuite } from "../testing/hostile-suite.ts";
import { markup, tricks } from "../testing/hostile-texts.ts";

const suite = hostileSuite();

const both = `${markup}${tricks}`;

/** Marks of direction, which would turn the text around them. */
const turning = /[\u202a-\u202e\u2066-\u2069]/;

const protocols = ["Connect (JSON)", "Connect (binary)", "gRPC-Web", "gRPC-Web over WebSocket"] as const;

async function call(method: string, protocol: (typeof protocols)[number], text = "{}"): Promise<ConsolePage> {
  const view = await suite.open({ target: "hostile", method: `${echoService}/${method}` });
  await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: protocol });
  await view.type(text);
  await view.press("Send");
  return view;
}

async function showTab({ response }: ConsolePage, name: string): Promise<void> {
  await response.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
}

describe.each(protocols)("by %s", (protocol) => {
  test("an error's text, details, headers and trailers are text, and lead nowhere", async () => {
    const view = await call("Fail", protocol);
    const { response } = view;
    await view.expectStatus("FAILED_PRECONDITION 9");
    await response.getByRole("region", { name: "google.rpc.LocalizedMessage" }).waitFor(soon);
    expect(await response.getByRole("link").count()).toBe(0);
    for (const name of ["BadRequest", "Help", "ErrorInfo", "PreconditionFailure", "ResourceInfo"]) {
      expect(await response.getByRole("region", { name: `google.rpc.${name}` }).innerText()).toContain(markup);
    }
    const problems = view.request.getByRole("region", { name: "Problems" });
    await problems.getByText('names_by_key["__proto__"].constructor: ').waitFor(soon);
    expect(await problems.innerText()).not.toMatch(turning);
    await showTab(view, "Headers");
    await response
      .getByRole("row", { name: /x-markup/ })
      .getByText(markup)
      .waitFor(soon);
    await response.getByRole("row", { name: /^constructor/ }).waitFor(soon);
    await showTab(view, "Trailers");
    await response
      .getByRole("row", { name: /x-trailer(?!-)/ })
      .getByText(markup)
      .waitFor(soon);
    await response.getByRole("row", { name: /^tostring/ }).waitFor(soon);
    await expectHarmless(view);
  });

  test("a message nested 5,000 deep ends in words, and its bytes can be looked at", async () => {
    const view = await call("EchoNode", protocol);
    const { response } = view;
    await view.expectStatus("INTERNAL 13");
    await response.getByText("the answer can't be read: it is nested deeper than the 100 levels").first().waitFor(soon);
    await response.getByText("A message came that can’t be read as what the schema says.").waitFor(soon);
    await response.getByRole("button", { name: "Show this message as the wire carried it" }).click();
    await response.getByRole("button", { name: /received, and not to be read/, pressed: true }).waitFor(soon);
    const isJson = protocol === "Connect (JSON)";
    const payload = isJson ? response.getByText(/\{"next":\{"next":/) : response.getByRole("tree", { name: "Fields" });
    await payload.first().waitFor(soon);
    if (!isJson) {
      await response.getByRole("button", { name: /^Notes: / }).click();
      await response
        .getByText(/Messages are nested more than 100 deep here/)
        .first()
        .waitFor(soon);
    }
    await response.getByRole("option", { name: /^sent 1/ }).click();
    await response.getByRole("button", { name: /received, and not to be read/, pressed: false }).click();
    await payload.first().waitFor(soon);
    await expectHarmless(view);
  });

  test("an Any in an Any, 5,000 deep, is looked at level by level, or ends in words", async () => {
    const view = await call("EchoWellKnown", protocol);
    const { response, page } = view;
    if (protocol === "Connect (JSON)") {
      await view.expectStatus("INTERNAL 13");
      await response.getByText("it is nested deeper than the 100 levels that are read").first().waitFor(soon);
      return;
    }
    await view.expectStatus("OK 0");
    const tree = response.getByRole("tree", { name: "Response message" });
    await tree.getByText("google.protobuf.Any").first().waitFor(soon);
    await response.getByRole("button", { name: "Unfold all" }).click();
    await tree.focus();
    await page.keyboard.press("End");
    await response.getByRole("searchbox").fill("no such text");
    await response.getByText("Not found").waitFor(soon);
    await showTab(view, "Wire");
    await response.getByRole("treeitem", { name: /^any/ }).first().waitFor(soon);
    await expectHarmless(view);
  });

  test("groups in groups, 5,000 deep, end in words", async () => {
    const view = await call("EchoNothing", protocol);
    // JSON has no fields that the schema lacks.
    await view.expectStatus(protocol === "Connect (JSON)" ? "OK 0" : "INTERNAL 13");
    await showTab(view, "Wire");
    await view.response.getByText("switchboard.testing.v1.Nothing").first().waitFor(soon);
    await expectHarmless(view);
  });
});

test("an answer nested 5,000 deep is compared over every wire", async () => {
  const view = await call("EchoWellKnown", "gRPC-Web");
  await view.expectStatus("OK 0");
  await showTab(view, "Compare");
  await view.response.getByRole("button", { name: /^Call over \d wires/ }).click();
  await view.response.getByRole("button", { name: /^Call it \d+ times/ }).click();
  await view.response.getByText("calls done").waitFor({ timeout: 60_000 });
  await view.response
    .getByRole("region", { name: "Differences" })
    .or(view.response.getByText("Differences"))
    .first()
    .waitFor(soon);
  await expectHarmless(view);
});

test("a string of a million characters is a line of the tree, a field of the wire, and compared", async () => {
  const long = `${markup}${"long ".repeat(200_000)}${markup}`;
  const view = await call(
    "EchoScalars",
    "gRPC-Web",
    JSON.stringify({ stringField: long, repeated: { stringField: [long] } }),
  );
  const { response } = view;
  await view.expectStatus("OK 0");
  await response.getByRole("tree", { name: "Response message" }).getByText("img src=x").first().waitFor(soon);
  await response.getByRole("searchbox").fill("owned");
  await response.getByText(/^1 of \d/).waitFor(soon);
  await showTab(view, "Wire");
  await response
    .getByRole("treeitem", { name: /string_field/ })
    .first()
    .waitFor(soon);
  await showTab(view, "Compare");
  await response.getByRole("button", { name: /^Call over \d wires/ }).click();
  await response.getByRole("button", { name: /^Call it \d+ times/ }).click();
  await response.getByText("calls done").waitFor({ timeout: 60_000 });
  await expectHarmless(view);
});

test("names, keys and values of an answer are text, with their marks of direction as escapes", async () => {
  const text = `{"__proto__": ${JSON.stringify(both)}, "mapOfAnyKey": {${JSON.stringify(both)}: ${JSON.stringify(both)}}}`;
  const view = await call("EchoNames", "gRPC-Web", text);
  const { response } = view;
  await view.expectStatus("OK 0");
  const shown = await response.getByRole("tree", { name: "Response message" }).innerText();
  expect(shown).toContain(JSON.stringify(markup).slice(1, -1));
  expect(shown).not.toMatch(turning);
  await showTab(view, "Headers");
  await response
    .getByRole("row", { name: /x-markup/ })
    .getByText(markup)
    .waitFor(soon);
  await showTab(view, "Wire");
  const fields = response.getByRole("tree", { name: "Fields" });
  await fields.getByText("owned").first().waitFor(soon);
  expect(await fields.innerText()).not.toMatch(turning);
  await view.page.reload();
  await response.getByText("owned").first().waitFor(soon);
  await expectHarmless(view);
});
