import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { grpcJsHarbour } from "../interop/harbour/grpc-js-harbour.ts";
import type { RunningHarbour } from "../interop/harbour/harbour-server.ts";
import { type ConsolePage, consolePage, soon } from "../testing/console-page.ts";
import { openBrowser, type TestBrowser, type TestPage } from "../testing/open-browser.ts";
import { type RunningServer, startServer } from "../testing/start-server.ts";

let harbour: RunningHarbour;
let server: RunningServer;
let browser: TestBrowser;
let opened: TestPage;

beforeAll(async () => {
  const start = await grpcJsHarbour.prepare();
  harbour = await start();
  [server, browser] = await Promise.all([
    startServer({ flags: ["--target", `harbour=h2c://${harbour.address}`] }),
    openBrowser(),
  ]);
});

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  await harbour?.[Symbol.asyncDispose]();
});

afterEach(async () => {
  const { page, faults } = opened;
  await page.context().close();
  expect(faults).toEqual([]);
});

/** Opens a method of the target. */
async function openMethod(name: string): Promise<ConsolePage> {
  opened = await browser.open(`${server.url}#/harbour/harbour.v1.HarbourService/${name}`);
  return consolePage(opened.page, "en");
}

const load = "9007199254740993";

test("the page calls a unary method of a server that it knows by reflection alone", async () => {
  const view = await openMethod("GetShip");
  await view.type('{"name": "Ada"}');
  await view.press("Send");
  await view.expectStatus("OK 0");
  expect(await view.message()).toEqual({
    ship: { name: "Ada", loadGrams: load, kind: "KIND_TANKER", buildTime: "2030-10-10T00:00:00Z" },
  });
});

test("the page shows the status and the message that a server refuses with", async () => {
  const view = await openMethod("GetShip");
  await view.type("{}");
  await view.press("Send");
  await view.expectStatus("INVALID_ARGUMENT 3");
  await view.response.getByText("100% of ships have a name, même ici").first().waitFor();
});

test("the page reads a server stream to its end", async () => {
  const view = await openMethod("WatchShips");
  await view.type('{"count": 3}');
  await view.press("Send");
  await view.expectStatus("OK 0");
  await view.expectReceived(3);
});

test("the page sends and reads on a stream both ways", async () => {
  const view = await openMethod("Hail");
  await view.press("Open stream");
  await view.type('{"text": "ahoy"}');
  await view.press("Send message");
  await view.expectReceived(1);
  await expect.poll(() => view.rows.allInnerTexts(), soon).toContainEqual(expect.stringContaining("you said ahoy"));
  await view.press("Half-close");
  await view.expectStatus("OK 0");
});
