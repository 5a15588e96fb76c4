import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "vitest";
import { callLines } from "../testing/call-lines.ts";
import { soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const token = "s3cret+/=";
const suite = consoleSuite({ flags: ["--token", token] });

test.each(["Connect (JSON)", "gRPC-Web", "gRPC-Web over WebSocket"])(
  "is asked for after a call by %s",
  async (name) => {
    const view = await suite.open({ method: "Greeter/SayHello" });
    const { page, response } = view;
    await page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: name });
    await view.press("Send");
    await view.expectStatus("UNAUTHENTICATED 16");
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations).toEqual([]);

    const refused = callLines(suite.server).length;
    await response.getByLabel("Token").fill("wrong");
    await view.press("Use it and try again");
    await expect.poll(() => callLines(suite.server).length, soon).toBe(refused + 1);
    await view.expectStatus("UNAUTHENTICATED 16");
    await response.getByLabel("Token").fill(token);
    await page.keyboard.press("Enter");
    await view.expectStatus("OK 0");
    expect(await view.message()).toEqual({ message: "Hello, Ada!" });
    expect(await response.getByLabel("Token").count()).toBe(0);
  },
);

test("goes with streams of every kind, and survives a reload", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  const { page, response } = view;
  await view.press("Open and send");
  await view.expectStatus("UNAUTHENTICATED 16");
  await response.getByLabel("Token").fill(token);
  await page.keyboard.press("Enter");
  await response.getByText("Open", { exact: true }).waitFor(soon);
  await view.press("Send message");
  await view.expectReceived(1);
  await page.reload();
  await view.press("Open and send");
  await view.expectReceived(1);
  await view.openMethod("TestClientRecvStream");
  await view.press("Send");
  await view.expectReceived(1);
});

test("comes with an address, and is not seen in it afterwards", async () => {
  const view = await suite.open({ url: `${suite.server.url}#token=${encodeURIComponent(token)}` });
  const { page } = view;
  await view.openMethod("SayHello");
  await view.press("Send");
  await view.expectStatus("OK 0");
  expect(page.url()).toBe(`${suite.server.url}#/local/Greeter/SayHello`);
  await page.goBack();
  await page.waitForURL(suite.server.url);
  expect(suite.server.log()).not.toContain("s3cret");
});
