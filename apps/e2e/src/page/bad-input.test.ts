import { describe, expect, test } from "vitest";
import { callLines } from "../testing/call-lines.ts";
import { type ConsolePage, soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite({ flags: ["--max-message-bytes", "1KiB"] });

/** A correct call after a wrong one: neither the page nor the server has taken harm. */
async function expectGoodCall(view: ConsolePage, text: string): Promise<void> {
  await view.type(text);
  await view.press("Send");
  await view.expectStatus("OK 0");
}

const wrongTexts = [
  {
    what: "no JSON",
    method: "SayHello",
    text: '{"name": Ada}',
    problem: "1:10 This is not JSON: Ada",
    good: '{"name": "Ada"}',
  },
  {
    what: "JSON that breaks off",
    method: "SayHello",
    text: '{"name": "Ada"',
    problem: "1:1 This object is not closed: } is missing.",
    good: '{"name": "Ada"}',
  },
  {
    what: "two messages for a method that takes one",
    method: "SayHello",
    text: "{} {}",
    problem: "1:4 This method takes 1 message, and the text holds 2.",
    good: "{}",
  },
  {
    what: "an unknown field",
    method: "SayHello",
    text: '{"nmae": "Ada"}',
    problem: "1:2 HelloRequest has no field nmae. Did you mean name?",
    good: '{"name": "Ada"}',
  },
  {
    what: "a wrong type",
    method: "SayHello",
    text: '{"name": 5}',
    problem: "1:10 name takes string, not number.",
    good: '{"name": "5"}',
  },
  {
    what: "a number out of range",
    method: "ArticleList",
    text: '{"page": 2147483648}',
    problem: "1:10 page takes int32, and 2147483648 is out of its range -2147483648 … 2147483647.",
    good: '{"page": 2147483647}',
  },
  {
    what: "a number that no double holds, to its last digit",
    method: "ArticleDetail",
    text: '{"pk": 9007199254740993}',
    problem: "1:8 pk takes int32, and 9007199254740993 is out of its range -2147483648 … 2147483647.",
    good: '{"pk": 100}',
  },
];

test("text that is no such message is placed, explained, kept and not sent", async () => {
  const view = await suite.open();
  const problems = view.request.getByRole("region", { name: "Problems" });
  for (const { what, method, text, problem, good } of wrongTexts) {
    await view.openMethod(method);
    const before = callLines(suite.server).length;
    await view.type(text);
    await expect.poll(async () => (await problems.innerText()).replaceAll(/\s+/g, " "), soon).toBe(problem);
    await view.press("Send");
    await view.request.getByText("Not sent: the message has a problem. It is marked above.").waitFor(soon);
    expect(await view.requestText(), what).toBe(text);
    expect(callLines(suite.server), what).toHaveLength(before);
    await expectGoodCall(view, good);
    expect(await problems.getByRole("button").count(), what).toBe(0);
    await expect.poll(() => callLines(suite.server).length, soon).toBe(before + 1);
  }
});

describe("a message over the server's limit", () => {
  const text = JSON.stringify({ name: "x".repeat(2_000) });

  test.each(["Connect (JSON)", "gRPC-Web", "gRPC-Web over WebSocket"])("is refused by %s", async (protocol) => {
    const view = await suite.open({ method: "Greeter/SayHello" });
    await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: protocol });
    await view.type(text);
    await view.press("Send");
    await view.expectStatus("RESOURCE_EXHAUSTED 8");
    await view.response.getByText(/1024/).first().waitFor(soon);
    expect((await view.requestText()).length).toBe(text.length);
    await expectGoodCall(view, '{"name": "Ada"}');
  });

  test("ends a stream that was open", async () => {
    const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
    await view.press("Open and send");
    await view.expectReceived(1);
    await view.type(JSON.stringify({ data: "x".repeat(2_000) }));
    await view.press("Send message");
    await view.expectStatus("RESOURCE_EXHAUSTED 8");
    await view.type('{"data": "again"}');
    await view.press("Open and send");
    await view.expectReceived(1);
    await view.response.getByText("service send client again").first().waitFor(soon);
  });
});

const wrongMetadata = [
  {
    name: "grpc-timeout",
    value: "1S",
    problem: "grpc-timeout is reserved: the protocol or the browser sets it itself.",
  },
  { name: "X-Request-Id", value: "7", problem: "Names are lower case: x-request-id." },
  { name: "x y", value: "7", problem: "A name has only the characters 0-9 a-z _ - and the full stop." },
  {
    name: "x-name",
    value: "阿达",
    problem:
      "A value has only printable ASCII characters. For anything else, use a name that ends in -bin, and base64.",
  },
  { name: "x-trace-bin", value: "!", problem: "The value of a -bin name must be base64." },
];

test("metadata that can't be sent is explained, kept and not sent", async () => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const { request, page } = view;
  await request.getByRole("tab", { name: "Metadata" }).click();
  await view.press("Add metadata");
  const nameField = page.getByRole("combobox", { name: "Name of row 1" });
  const valueField = page.getByRole("textbox", { name: "Value of row 1" });
  for (const { name, value, problem } of wrongMetadata) {
    await nameField.fill(name);
    await valueField.fill(value);
    await request.getByRole("alert").getByText(problem, { exact: true }).waitFor(soon);
    const before = callLines(suite.server).length;
    await view.press("Send");
    await request.getByText("Not sent: the metadata has a problem. It is marked above.").waitFor(soon);
    expect(await valueField.inputValue()).toBe(value);
    expect(callLines(suite.server), name).toHaveLength(before);
    await nameField.fill("x-request-id");
    await valueField.fill("7");
    await view.press("Send");
    await view.expectStatus("OK 0");
    await expect.poll(() => callLines(suite.server).length, soon).toBe(before + 1);
  }
});

const wrongDeadlines = [
  { typed: "0", problem: "A deadline of 0 would end the call before it begins. Empty means none." },
  { typed: "365 d", problem: "A deadline must be shorter than a year. Empty means none." },
  { typed: "-5 s", problem: "A deadline can't be negative." },
  { typed: "0.1 ms", problem: "The shortest deadline is 1 ms." },
  { typed: "soon", problem: "Write a number and a unit: 500 ms, 30 s, 2 min, 1 h." },
];

describe("a deadline", () => {
  test("that is none is explained, kept and not sent; one of 364 days is fine", async () => {
    const view = await suite.open({ method: "Greeter/SayHello" });
    const deadline = view.page.getByRole("textbox", { name: "Deadline" });
    for (const { typed, problem } of wrongDeadlines) {
      await deadline.fill(typed);
      await view.page.getByRole("alert").getByText(problem).waitFor(soon);
      const before = callLines(suite.server).length;
      await view.press("Send");
      await view.page.getByText("Not sent: the deadline has a problem.").waitFor(soon);
      expect(await deadline.inputValue()).toBe(typed);
      expect(callLines(suite.server), typed).toHaveLength(before);
      await deadline.fill("364 d");
      await view.press("Send");
      await view.expectStatus("OK 0");
      await expect.poll(() => callLines(suite.server).length, soon).toBe(before + 1);
    }
  });

  test.each(["Connect (JSON)", "gRPC-Web", "gRPC-Web over WebSocket"])("ends a stream by %s", async (protocol) => {
    const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
    await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: protocol });
    await view.page.getByRole("textbox", { name: "Deadline" }).fill("1500 ms");
    await view.press("Send");
    await view.expectStatus("DEADLINE_EXCEEDED 4");
    expect(await view.rows.count()).toBeGreaterThan(1);
  });
});

describe("what the server refuses", () => {
  test("a negative page names the field", async () => {
    const view = await suite.open({ method: "ArticleService/ArticleList" });
    await view.type('{"page": -1}');
    await view.press("Send");
    await view.expectStatus("INVALID_ARGUMENT 3");
    const detail = view.response.getByRole("region", { name: "google.rpc.BadRequest" });
    expect(await detail.getByRole("term").innerText()).toBe("page");
    expect(await detail.getByRole("definition").innerText()).toMatch(/-1/);
    expect(await view.requestText()).toBe('{"page": -1}');
    await expectGoodCall(view, '{"page": 1}');
    expect(await detail.count()).toBe(0);
  });

  test("an unknown article is not found", async () => {
    const view = await suite.open({ method: "ArticleService/ArticleDetail" });
    await view.type('{"pk": 424242}');
    await view.press("Send");
    await view.expectStatus("NOT_FOUND 5");
    await view.response.getByText(/424242/).waitFor(soon);
    await expectGoodCall(view, '{"pk": 101}');
  });

  test("a method that there isn't is said so", async () => {
    const view = await suite.open({ method: "Greeter/SayGoodbye" });
    await view.page.getByRole("heading", { name: "There is no method Greeter/SayGoodbye here" }).waitFor(soon);
    await view.openMethod("SayHello");
    await expectGoodCall(view, "{}");
  });
});
