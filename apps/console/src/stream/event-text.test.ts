import { create } from "@bufbuild/protobuf";
import { Greeter, HelloReplySchema, HelloRequestSchema } from "@switchboard/proto/gen/greeter_pb.js";
import { expect, test } from "vitest";
import type { EventLog, MessageEvent } from "../call/event-log.ts";
import { typeRegistry as registry } from "../schema/type-registry.ts";
import { eventText, ndjsonText } from "./event-text.ts";

const options = { method: Greeter.method.sayHello, registry };
const sent: MessageEvent = {
  index: 0,
  direction: "sent",
  ordinal: 1,
  atMs: 0.12345,
  message: create(HelloRequestSchema, { name: "a\nb" }),
  wireBytes: 5,
};
const received: MessageEvent = {
  ...sent,
  index: 1,
  direction: "received",
  message: create(HelloReplySchema, { message: "hi" }),
};

test("eventText() reads each direction by its own type", () => {
  expect([eventText(sent, options), eventText(received, options)]).toEqual(['{"name":"a\\nb"}', '{"message":"hi"}']);
});

test("ndjsonText() writes one JSON object a line", () => {
  const events = [sent, received];
  const log: EventLog = { total: 2, dropped: 0, length: 2, at: (position) => events[position] };
  const lines = ndjsonText(log, options).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { direction: "sent", ordinal: 1, atMs: 0.123, wireBytes: 5, message: { name: "a\nb" } },
    { direction: "received", ordinal: 1, atMs: 0.123, wireBytes: 5, message: { message: "hi" } },
  ]);
});
