import { fromJson, type JsonValue, type Message, toJson } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { readTestingSchema } from "@switchboard/console/schema/testing/testing-schema.ts";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyDetail } from "./echo-details.ts";
import type { H2cServer } from "./serve-h2c.ts";
import { startEchoServer } from "./start-echo-server.ts";

const { registry, service } = readTestingSchema();
const echoService = service("EchoService");
let server: H2cServer;
let transport: Transport;

beforeAll(async () => {
  server = await startEchoServer();
  transport = createGrpcTransport({ baseUrl: `http://${server.host}` });
});
afterAll(() => server[Symbol.asyncDispose]());

function methodNamed(name: string, desc = echoService) {
  const method = desc.methods.find((candidate) => candidate.name === name);
  if (method === undefined) {
    throw new Error(`no method ${name}`);
  }
  return method;
}

/** Calls a method that takes one message, and answers every message that comes. */
async function call(name: string, json: JsonValue, desc = echoService): Promise<Message[]> {
  const { methodKind, ...method } = methodNamed(name, desc);
  const request = fromJson(method.input, json, { registry });
  if (methodKind === "unary") {
    const answer = await transport.unary({ ...method, methodKind }, undefined, undefined, undefined, request);
    return [answer.message];
  }
  const requests = (async function* () {
    yield request;
  })();
  const answer = await transport.stream({ ...method, methodKind }, undefined, undefined, undefined, requests);
  return Array.fromAsync(answer.message);
}

/** The same as JSON. */
async function callForJson(name: string, json: JsonValue, desc = echoService): Promise<JsonValue[]> {
  const messages = await call(name, json, desc);
  return messages.map((message) => toJson(methodNamed(name, desc).output, message, { registry }));
}

async function failureOf(answer: Promise<unknown>): Promise<ConnectError> {
  return ConnectError.from(await answer.catch((error: unknown) => error));
}

describe("the echo server", () => {
  it.each([
    ["EchoScalars", { int64Field: "9223372036854775807", floatField: "NaN" }],
    ["EchoOneofs", { null: null }],
    [
      "EchoLegacy",
      { requiredNumber: 1, requiredLevel: "LEVEL_LOW", requiredPart: { name: "x" }, group: { text: "y" } },
    ],
    ["EchoEdition2024", { inner: { requiredNumber: 3, delimited: { name: "z" } } }],
    ["EchoRules", { numbers: { int32Field: 41 } }],
  ])("answers %s as it was asked", async (name, json) => {
    expect(await callForJson(name, json)).toEqual([json]);
  });

  it("answers methods and fields named as properties of every object", async () => {
    const json = JSON.parse('{"__proto__": "p", "constructor": "c"}');
    expect(await callForJson("constructor", json, service("__proto__"))).toEqual([json]);
    expect(await callForJson("__proto__", json, service("__proto__"))).toEqual([json]);
  });

  it("answers a message several times", async () => {
    expect(await callForJson("EchoTimes", { message: { shade: "SHADE_BLACK" }, times: 3 })).toHaveLength(3);
  });

  it("fails as it is asked to, with every detail", async () => {
    const { code, rawMessage, details } = await failureOf(call("Fail", { code: 9, message: "no", everyDetail: true }));
    expect({ code, rawMessage }).toEqual({ code: Code.FailedPrecondition, rawMessage: "no" });
    expect(details).toHaveLength(everyDetail.length);
  });

  it("names the fields of an order that breaks rules", async () => {
    const order = { id: "not a uuid", customer: { name: "Ada", email: "ada" }, lines: [{ article: "x", count: 0 }] };
    const byViolations = await failureOf(call("PlaceOrder", order));
    const rules = byViolations.findDetails(ViolationsSchema).flatMap(({ violations }) => violations);
    expect(rules.map(({ ruleId }) => ruleId)).toEqual(
      expect.arrayContaining(["string.uuid", "string.email", "uint32.gt_lte", "required"]),
    );
    const byBadRequest = await failureOf(call("PlaceOrderByBadRequest", order));
    const fields = byBadRequest.findDetails(BadRequestSchema).flatMap(({ fieldViolations }) => fieldViolations);
    expect(fields.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["id", "customer.email", "lines[0].count", "ordered_at", "payment"]),
    );
  });

  it("answers with fields that the schema doesn't have", async () => {
    const [message] = await call("Unknown", { text: "hi" });
    expect(message?.$unknown?.map(({ no, wireType }) => [no, wireType])).toEqual([
      [2, 0],
      [3, 1],
      [4, 2],
      [1000, 5],
    ]);
  });

  it("answers as many rows as asked for", async () => {
    const [answer] = await callForJson("Large", { rows: 3, textLength: 2 });
    expect(answer).toMatchObject({ rows: [{ name: "row 0" }, { id: "1", text: "xx" }, { even: true }] });
  });
});
