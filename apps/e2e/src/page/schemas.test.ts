import { zipSync } from "fflate";
import { expect, onTestFinished, test } from "vitest";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";
import { type ReflectingServer, startReflectingServer } from "../testing/start-reflecting-server.ts";
import type { FileInit } from "../testing/tell-schema.ts";

const suite = consoleSuite();
const later = { timeout: 20_000 };

/** A shop whose orders have the given fields, all of them strings. */
function shop(fields: readonly string[], methods: readonly string[]): FileInit {
  return {
    name: "shop.proto",
    package: "shop",
    syntax: "proto3",
    messageType: [
      { name: "Order", field: fields.map((name, at) => ({ name, number: at + 1, type: 9, label: 1, jsonName: name })) },
    ],
    service: [
      {
        name: "Orders",
        method: methods.map((name) => ({ name, inputType: ".shop.Order", outputType: ".shop.Order" })),
      },
    ],
  };
}

async function startShop(services = ["shop.Orders"]): Promise<ReflectingServer> {
  const server = await startReflectingServer({ files: [shop(["id", "note"], ["Get", "List"])], services });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** Opens the page of a new target of this name. */
async function openTarget(name: string, host: string): Promise<ConsolePage> {
  const view = await suite.open();
  const { page } = view;
  await page.getByRole("textbox", { name: "Address" }).fill(host);
  await page.getByRole("button", { name: "TLS, metadata and more…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByRole("button", { name: "Add and open" }).click();
  await page.getByRole("heading", { name }).waitFor(later);
  return view;
}

test("a refresh shows what changed, marks the tabs, and keeps what was typed", async () => {
  const server = await startShop();
  const view = await openTarget("refreshed", server.host);
  const { page } = view;
  await page.getByRole("treeitem", { name: / List/ }).click(later);
  await view.openMethod("Get");
  await view.showView("json");
  await view.type('{"id": "7", "note": "typed"}');

  server.told = { files: [shop(["id", "amount"], ["Get", "Put"])], services: ["shop.Orders"] };
  await page.getByRole("button", { name: "Refresh schema" }).click();
  await page.getByText("2 added · 2 removed").waitFor(later);
  await page.getByText("This method or its types changed with the last refresh.").waitFor(soon);
  expect(await view.requestText()).toBe('{"id": "7", "note": "typed"}');
  await view.request.getByText("shop.Order has no field").first().waitFor(soon);
  const tabs = page.getByRole("tablist", { name: "Open calls" }).getByRole("tab");
  await tabs.first().getByRole("img", { name: "The method is no longer in the schema" }).waitFor(soon);
  await tabs
    .nth(1)
    .getByRole("img", { name: /changed with the last refresh/ })
    .waitFor(soon);

  await page.getByRole("button", { name: "Show", exact: true }).click();
  const changes = page.getByRole("region", { name: "What the refresh changed" });
  await expect.poll(() => changes.getByRole("listitem").count(), soon).toBe(4);
  await changes.getByText("shop.Order.amount").waitFor(soon);
  await tabs.first().click();
  await page.getByText("There is no method shop.Orders/List here").waitFor(soon);
  await page.getByText('"note": "A sentence about it."').waitFor(soon);
});

test("a server that is away keeps its methods on the page, and a call says who ended it", async () => {
  const server = await startReflectingServer({ files: [shop(["id"], ["Get"])], services: ["shop.Orders"] });
  const view = await openTarget("away", server.host);
  const { page } = view;
  await page.getByRole("treeitem", { name: / Get/ }).click(later);
  await server[Symbol.asyncDispose]();
  await page.getByRole("button", { name: "Refresh schema" }).click();
  await page.getByText("Not refreshed, and the old schema is kept:").waitFor(later);
  await page.getByRole("treeitem", { name: / Get/ }).waitFor(soon);
  await view.press("Send");
  await view.expectStatus("UNAVAILABLE 14");
  await view.response.getByText(/^The target ended the call without a status of its own/).waitFor(soon);
});

test("a broken service stays in the list, and says why on selection", async () => {
  const server = await startShop(["shop.Orders", "shop.Ghost"]);
  const view = await openTarget("haunted", server.host);
  const { page } = view;
  await page.getByRole("treeitem", { name: / Get/ }).waitFor(later);
  const ghost = page.getByRole("treeitem", { name: /shop\.Ghost/ });
  expect(await ghost.getAttribute("aria-expanded")).toBe("false");
  await ghost.click();
  expect(await ghost.getAttribute("aria-expanded")).toBe("true");
  expect((await ghost.innerText()).length).toBeGreaterThan("shop.Ghost broken".length + 20);
  await page.getByRole("heading", { name: "Services that can’t be called" }).waitFor(soon);
});

const sources = {
  "store/v1/store.proto": `syntax = "proto3";
package store.v1;
import "store/v1/types.proto";
// Keeps goods.
service Store {
  // Finds one.
  rpc Find(Good) returns (Good);
}
`,
  "store/v1/types.proto": `syntax = "proto3";
package store.v1;
message Good {
  string id = 1;
}
`,
};

function upload(path: string, text: string) {
  return { name: path.slice(path.lastIndexOf("/") + 1), mimeType: "text/plain", buffer: Buffer.from(text) };
}

function zipOf(files: Readonly<Record<string, string>>) {
  const entries = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
  return { name: "protos.zip", mimeType: "application/zip", buffer: Buffer.from(zipSync(Object.fromEntries(entries))) };
}

test("files are compiled, with the place of each fault; then they are a source that can be moved and dropped", async () => {
  const server = await startShop();
  const view = await openTarget("filed", server.host);
  const { page } = view;
  await page.getByRole("treeitem", { name: / Get/ }).waitFor(later);
  await page.getByRole("button", { name: "Schema…" }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.locator("[data-choose=files]");

  await field.setInputFiles(upload("broken.proto", 'syntax = "proto3";\nmessage Good {\n  strin id = 1;\n}\n'));
  const faults = dialog.getByRole("list", { name: "Faults" });
  await faults.getByText(/broken\.proto:3:\d+/).waitFor(later);
  await faults.getByText(/strin/).first().waitFor(soon);

  await field.setInputFiles(upload("notes.txt", "no proto"));
  await dialog.getByText("There is no .proto file among them.").waitFor(soon);

  await field.setInputFiles(zipOf(sources));
  await dialog.getByText("Added protos.zip.").waitFor(later);
  const listed = dialog.getByRole("list", { name: "Sources" }).getByRole("listitem");
  await expect.poll(() => listed.count(), later).toBe(2);
  await dialog.getByRole("button", { name: "Move protos.zip up" }).click();
  await expect.poll(() => listed.first().innerText(), later).toContain("protos.zip");
  await page.keyboard.press("Escape");

  await page.getByRole("treeitem", { name: / Find/ }).click(later);
  await page.getByText("Finds one.").waitFor(soon);
  await page.getByText("from protos.zip").waitFor(soon);

  await page.getByRole("button", { name: "About this target" }).click();
  await page.getByRole("button", { name: "Schema…" }).click();
  await dialog.getByRole("button", { name: "Drop reflection" }).click();
  await dialog.getByRole("button", { name: "Ask the target as well, by reflection" }).click(later);
  await expect.poll(() => listed.count(), later).toBe(2);
  await dialog.getByRole("button", { name: "Drop protos.zip" }).click();
  await expect.poll(() => listed.count(), later).toBe(1);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("treeitem", { name: / Find/ }).count(), soon).toBe(0);
});
