import { expect, test } from "vitest";
import { callLines } from "../testing/call-lines.ts";
import { soon } from "../testing/console-page.ts";
import { consoleSuite } from "../testing/console-suite.ts";

const suite = consoleSuite();

const protocols = [
  { name: "Connect (JSON)", logged: "connect", unaryType: "application/json", streamType: "application/connect+json" },
  {
    name: "Connect (binary)",
    logged: "connect",
    unaryType: "application/proto",
    streamType: "application/connect+proto",
  },
  {
    name: "gRPC-Web",
    logged: "grpc-web",
    unaryType: "application/grpc-web+proto",
    streamType: "application/grpc-web+proto",
  },
];

test.each(protocols)("calls a unary method by $name", async ({ name, logged, unaryType }) => {
  const view = await suite.open({ method: "Greeter/SayHello" });
  const before = callLines(suite.server).length;
  await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: name });
  const request = view.page.waitForRequest("**/Greeter/SayHello");
  await view.press("Send");
  await view.expectStatus("OK 0");
  expect(await view.message()).toEqual({ message: "Hello, Ada!" });
  expect((await request).headers()["content-type"]).toBe(unaryType);
  await view.response.getByText(name, { exact: true }).waitFor(soon);
  await expect.poll(() => callLines(suite.server).length, soon).toBe(before + 1);
  expect(callLines(suite.server).at(-1)).toMatchObject({ method: "/Greeter/SayHello", protocol: logged, status: "OK" });
});

test.each(protocols)("watches a stream by $name", async ({ name, logged, streamType }) => {
  const view = await suite.open({ method: "test.demo/TestClientRecvStream" });
  const before = callLines(suite.server).length;
  await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: name });
  const request = view.page.waitForRequest("**/test.demo/TestClientRecvStream");
  await view.press("Send");
  await view.expectReceived(1);
  expect((await request).headers()["content-type"]).toBe(streamType);
  await view.response.getByText(name, { exact: true }).waitFor(soon);
  await view.press("Cancel");
  await view.expectStatus("CANCELLED 1");
  await expect.poll(() => callLines(suite.server).length, soon).toBe(before + 1);
  expect(callLines(suite.server).at(-1)).toMatchObject({
    method: "/test.demo/TestClientRecvStream",
    protocol: logged,
    status: "CANCELLED",
  });
});

test.each([
  { method: "Greeter/SayHello", answer: '"Hello, Ada!"', status: "OK 0" },
  { method: "test.demo/TestClientRecvStream", answer: '{"result":"send 1 tick"}', status: "CANCELLED 1" },
])("calls $method over WebSocket, where targets will be", async ({ method, answer, status }) => {
  const view = await suite.open({ method });
  const before = callLines(suite.server).length;
  await view.page.getByRole("combobox", { name: "Protocol" }).selectOption({ label: "gRPC-Web over WebSocket" });
  const socket = view.page.waitForEvent("websocket");
  await view.press("Send");
  await view.response.getByText(answer).first().waitFor(soon);
  expect(new URL((await socket).url()).pathname).toBe(`/gateway/local/${method}`);
  await view.response.getByText("gRPC-Web over WebSocket", { exact: true }).waitFor(soon);
  if (status === "CANCELLED 1") {
    await view.press("Cancel");
  }
  await view.expectStatus(status);
  await expect.poll(() => callLines(suite.server).length, soon).toBe(before + 1);
  expect(callLines(suite.server).at(-1)).toMatchObject({ method: `/${method}`, protocol: "websocket" });
});

test("offers only WebSocket for streams that the page sends", async () => {
  const view = await suite.open({ method: "test.demo/TestTwoWayStream" });
  const options = view.page.getByRole("combobox", { name: "Protocol" }).getByRole("option", { disabled: false });
  expect(await options.allInnerTexts()).toEqual(["gRPC-Web over WebSocket"]);
});
