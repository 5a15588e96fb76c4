import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { type ConsolePage, consolePage } from "@switchboard/e2e/testing/console-page.ts";
import { largeSchema } from "@switchboard/e2e/testing/large-schema.ts";
import { openBrowser } from "@switchboard/e2e/testing/open-browser.ts";
import { startEchoServer } from "@switchboard/e2e/testing/start-echo-server.ts";
import { startServer } from "@switchboard/e2e/testing/start-server.ts";
import { startWideServer } from "@switchboard/e2e/testing/wide-schema.ts";
import { SchemaService } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { TargetService } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";

/** How many fields the wide message has. */
export const wideFields = 2_000;

/** A Switchboard with the targets `echo`, `wide` and `large`, and a browser. */
export interface PageSubject extends AsyncDisposable {
  /** Opens a page at `target/service/method`, or at the first page, in a context of its own. */
  open(route?: string): Promise<ConsolePage>;
}

/** Starts everything that the page is measured with, on this machine's loopback alone. */
export async function startSubject(): Promise<PageSubject> {
  await using stack = new AsyncDisposableStack();
  const echo = stack.use(await startEchoServer());
  const wide = stack.use(await startWideServer(wideFields));
  const targets = ["--target", `echo=h2c://${echo.host}`, "--target", `wide=h2c://${wide.host}`];
  const server = stack.use(await startServer({ flags: targets }));
  await addLargeTarget(server.url);
  const browser = stack.use(await openBrowser());
  const owned = stack.move();
  return {
    async open(route) {
      const { page } = await browser.open(route === undefined ? server.url : `${server.url}#/${route}`);
      return consolePage(page, "en");
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Adds a target whose schema comes from a descriptor set; it can't be reached itself. */
async function addLargeTarget(url: string): Promise<void> {
  const transport = createConnectTransport({ baseUrl: url.replace(/\/$/, ""), httpVersion: "1.1" });
  const target = { name: "large", address: "h2c://127.0.0.1:1" };
  await createClient(TargetService, transport).saveTarget({ target });
  const schemas = createClient(SchemaService, transport);
  const { source } = await schemas.addSource({
    target: target.name,
    label: "large.binpb",
    content: { case: "descriptors", value: largeSchema() },
  });
  await schemas.arrangeSources({ target: target.name, sourceIds: [source?.id ?? ""] });
  await schemas.getSchema({ target: target.name });
}
