import { expect, test } from "vitest";
import { soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

const carriedOver = "Carried over WebSocket: a browser opens six connections to a server, and open streams hold them.";

test.each(["Connect (JSON)", "gRPC-Web"])("seven open streams by %s don't stall another call", async (protocol) => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  const { page, response } = view;
  await page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: protocol });
  const notices: boolean[] = [];
  for (let open = 1; open <= 7; open++) {
    if (open > 1) {
      await page.getByRole("button", { name: "Another tab of this method" }).click();
      await expect.poll(() => page.getByRole("tab", { name: "TestClientRecvStream" }).count(), soon).toBe(open);
    }
    await view.press("Send");
    await view.expectReceived(1);
    notices.push(await response.getByText(carriedOver).isVisible());
  }
  expect(notices).toEqual([false, false, false, false, true, true, true]);
  expect(await page.getByRole("tab", { name: "Call open" }).count()).toBe(7);

  await view.openMethod("SayHello");
  await view.press("Send");
  await view.expectStatus("OK 0");
  expect(await view.message()).toEqual({ message: "Hello, Ada!" });
});

test("a stream that ends gives its connection to the next", async () => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: "Connect (JSON)" });
  for (let run = 1; run <= 6; run++) {
    await view.press("Send");
    await view.expectReceived(1);
    expect(await view.response.getByText(carriedOver).isVisible()).toBe(false);
    await view.press("Cancel");
    await view.expectStatus("CANCELLED 1");
  }
});

test("streams of another browser tab don't stall a call either", async () => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  const other = await view.page.context().newPage();
  await other.goto(view.page.url());
  for (const page of [view.page, other]) {
    for (let open = 1; open <= 4; open++) {
      if (open > 1) {
        await page.getByRole("button", { name: "Another tab of this method" }).click();
        await expect.poll(() => page.getByRole("tab", { name: "TestClientRecvStream" }).count(), soon).toBe(open);
      }
      await page.getByRole("button", { name: "Send" }).click();
      await expect.poll(() => page.getByText('"send 1 tick"').count(), soon).toBeGreaterThan(0);
    }
  }
  await view.openMethod("SayHello");
  await view.press("Send");
  await view.expectStatus("OK 0");
});
