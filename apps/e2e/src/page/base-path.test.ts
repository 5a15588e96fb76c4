import { expect, test } from "vitest";
import type { ConsolePage } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";
import { startReverseProxy } from "../testing/start-reverse-proxy.ts";
import { startServer } from "../testing/start-server.ts";

const path = "/tools/rpc";

/** Smaller files fit one packet as they are. */
const worthCompressing = 1_024;

const suite = consoleSuite();

async function expectCallsOfEachWay(view: ConsolePage): Promise<void> {
  await view.press("Send");
  await view.expectStatus("OK 0");
  expect(await view.message()).toEqual({ message: "Hello, Ada!" });
  await view.openMethod("TestClientRecvStream");
  await view.press("Send");
  await view.expectReceived(1);
  await view.press("Cancel");
  await view.expectStatus("CANCELLED 1");
  await view.openMethod("TestTwoWayStream");
  await view.press("Open and send");
  await view.expectReceived(1);
  await view.press("Half-close");
  await view.expectStatus("OK 0");
}

/** Starts a proxy and behind it a server, which has to know the proxy's host: the proxy passes it on. */
async function startBehindProxy(flags: readonly string[], keepsPath: boolean) {
  const stack = new AsyncDisposableStack();
  let upstream = "";
  const proxy = stack.use(await startReverseProxy({ upstream: () => upstream, path, keepsPath }));
  const server = stack.use(await startServer({ flags: ["--allow-host", proxy.host, ...flags] }));
  upstream = server.url;
  return { proxy, server, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test("the page and its calls work behind a proxy that strips a path", async () => {
  await using started = await startBehindProxy([], false);
  const view = await suite.open({ url: started.proxy.url, method: "Greeter/SayHello" });
  await expectCallsOfEachWay(view);
  expect(view.page.url()).toBe(`${started.proxy.url}#/local/test.demo/TestTwoWayStream`);
  await view.page.reload();
  await view.page.getByRole("heading", { name: "test.demo / TestTwoWayStream" }).waitFor();
  await view.page.goto("about:blank");
});

test("with --base-path, they work behind a proxy that keeps the path, and without any", async () => {
  await using started = await startBehindProxy(["--base-path", path], true);
  for (const url of [started.proxy.url, new URL(`${path}/`, started.server.url).href]) {
    const view = await suite.open({ url, method: "Greeter/SayHello" });
    await expectCallsOfEachWay(view);
    // The proxy goes before the suite closes its pages, which may still be loading ahead.
    await view.page.goto("about:blank");
  }
});

test("what a first load brings is compressed, and hashed files are kept for ever", async () => {
  const response = await fetch(suite.server.url, { headers: { "accept-encoding": "br" } });
  expect(response.headers.get("cache-control")).toBe("no-cache");
  const view = await suite.open();
  const loaded: { name: string; decodedBodySize: number }[] = await view.page.evaluate(
    "performance.getEntriesByType('resource').map(({ name, decodedBodySize }) => ({ name, decodedBodySize }))",
  );
  const assets = loaded.filter(({ name }) => name.includes("/assets/"));
  expect(assets.length).toBeGreaterThan(0);
  for (const { name, decodedBodySize } of assets) {
    const { headers } = await fetch(name, { headers: { "accept-encoding": "br" } });
    expect(headers.get("content-encoding"), name).toBe(decodedBodySize < worthCompressing ? null : "br");
    expect(headers.get("cache-control"), name).toBe("public, max-age=31536000, immutable");
  }
});

test("at most 250 kB of compressed script come before the page can be used", async () => {
  const view = await suite.open();
  await view.page.getByRole("button", { name: "Say hello" }).waitFor();
  const bytes: number = await view.page.evaluate(scriptBytes);
  process.stdout.write(`script before the page can be used: ${Math.round(bytes / 1_000)} kB compressed\n`);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(250_000);
});

/** Of the scripts that were asked for before anything was drawn; what an idle page loads ahead comes later. */
const scriptBytes = `(() => {
  const [{ startTime: drawnAt }] = performance.getEntriesByName("first-contentful-paint");
  const scripts = performance.getEntriesByType("resource").filter(({ name, startTime }) => name.endsWith(".js") && startTime < drawnAt);
  return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
})()`;
