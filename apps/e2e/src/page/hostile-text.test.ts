import { expect, test } from "vitest";
import { soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";
import { markup, tricks } from "../testing/hostile-texts.ts";

const suite = consoleSuite();

test("an article's markup and direction marks are text, as JSON and in a table", async () => {
  const view = await suite.open({ method: "ArticleService/ArticleCreate" });
  const article = { title: markup, content: `${tricks}\n${markup}` };
  await view.type(JSON.stringify(article));
  await view.press("Send");
  await view.expectStatus("OK 0");
  expect(await view.message()).toEqual({ article: expect.objectContaining(article) });

  await view.openMethod("ArticleList");
  await view.press("Send");
  await view.expectStatus("OK 0");
  await view.press("Table");
  const { response, page } = view;
  expect(await response.getByRole("gridcell", { name: markup }).first().innerText()).toBe(markup);
  await response.getByRole("gridcell", { name: markup }).first().click();
  await response.getByRole("region", { name: "Row 3" }).waitFor(soon);
  expect(await page.locator("main img, main script").count()).toBe(0);
  expect(await page.title()).toBe("ArticleList · Switchboard");
});

test("markup in an error's message and in a stream is text", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  const { page } = view;
  await view.type(JSON.stringify({ data: markup }));
  await view.press("Open and send");
  await view.expectReceived(1);
  expect(await view.rows.last().innerText()).toContain(JSON.stringify({ result: `service send client ${markup}` }));
  await page.route("**/Greeter/SayHello", (route) =>
    route.fulfill({ status: 404, json: { code: "not_found", message: `${markup}${tricks}` } }),
  );
  await view.openMethod("SayHello");
  await view.press("Send");
  await view.expectStatus("NOT_FOUND 5");
  await view.response.getByText(markup).waitFor(soon);
  expect(await page.locator("main img, main script").count()).toBe(0);
  expect(await page.title()).toBe("SayHello · Switchboard");
});
