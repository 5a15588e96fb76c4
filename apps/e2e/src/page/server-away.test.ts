import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";
import { startServer } from "../testing/start-server.ts";

const suite = consoleSuite();
const data = mkdtempSync(join(tmpdir(), "switchboard-away-"));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** The page retries after two seconds, and then ever less often. */
const untilRetried = { timeout: 25_000 };

/** What the browser itself writes down when nobody answers. */
const unreachable =
  /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|503/;

test.each([
  { signal: "SIGTERM", protocol: "Connect (JSON)" },
  { signal: "SIGTERM", protocol: "gRPC-Web over WebSocket" },
  { signal: "SIGKILL", protocol: "Connect (JSON)" },
  { signal: "SIGKILL", protocol: "gRPC-Web over WebSocket" },
] as const)("a stream by $protocol ends when the server gets $signal, and the page recovers", async (given) => {
  let server = await startServer({ data, flags: ["--shutdown-grace", "1s"] });
  const { url } = server;
  try {
    const view = await suite.open({ url, method: "test.demo/TestClientRecvStream", expectedFaults: unreachable });
    const { page, response } = view;
    await page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: given.protocol });
    await view.type('{"data": "kept"}');
    await view.press("Send");
    await view.expectReceived(1);

    await server.stop(given.signal);
    await view.expectStatus("UNAVAILABLE 14");
    await response.getByText("Usually: the server can't be reached right now.").waitFor(soon);
    await page.getByText("Server: away, retrying").waitFor(soon);
    expect(await view.rows.count()).toBeGreaterThan(1);

    await view.press("Send");
    await view.expectStatus("UNAVAILABLE 14");
    await response.getByText("The connection broke, and nobody ended the call.").waitFor(soon);

    server = await startServer({ data, listen: new URL(url).host });
    await page.getByText("Server: ready").waitFor(untilRetried);
    expect(await view.requestText()).toBe('{"data": "kept"}');
    await view.press("Send");
    await view.expectReceived(1);
    await response.getByText('{"result":"send 1 kept"}').waitFor(soon);
    await view.press("Cancel");
    await view.expectStatus("CANCELLED 1");
  } finally {
    await server.stop();
  }
});
