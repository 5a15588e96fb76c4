import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { describe, expect, it } from "vitest";
import { assertAnswer } from "./assert-answer.ts";
import { jsonGreeting, longGreeting, smallGreeting } from "./workloads.ts";

const grpc = smallGreeting("grpc");
const web = smallGreeting("grpc-web");
const ok = { "grpc-status": "0" };

function webBody(trailers: string): Buffer {
  return Buffer.concat([web.answer, encodeEnvelope(0x80, Buffer.from(trailers))]);
}

describe("assertAnswer()", () => {
  it("takes the right answer of each protocol", () => {
    expect(() => assertAnswer(grpc, { status: 200, body: Buffer.from(grpc.answer), fields: ok })).not.toThrow();
    expect(() => assertAnswer(web, { status: 200, body: webBody("grpc-status: 0\r\n"), fields: {} })).not.toThrow();
    const json = jsonGreeting();
    expect(() => assertAnswer(json, { status: 200, body: Buffer.from(json.answer), fields: {} })).not.toThrow();
  });

  it("refuses another HTTP status", () => {
    expect(() => assertAnswer(grpc, { status: 503, body: Buffer.from("busy"), fields: {} })).toThrow("503: busy");
  });

  it("refuses another grpc-status, or none", () => {
    const body = Buffer.from(grpc.answer);
    expect(() => assertAnswer(grpc, { status: 200, body, fields: { "grpc-status": "13" } })).toThrow("grpc-status 13");
    expect(() => assertAnswer(web, { status: 200, body: webBody("grpc-status: 2"), fields: {} })).toThrow("status 2");
    expect(() => assertAnswer(web, { status: 200, body: Buffer.from(web.answer), fields: {} })).toThrow("undefined");
  });

  it("refuses other bytes", () => {
    const body = Buffer.from(grpc.answer);
    body.write("?", body.length - 1);
    expect(() => assertAnswer(grpc, { status: 200, body, fields: ok })).toThrow("not the right ones");
  });

  it("takes the request back from a subject that echoes, and from no other", () => {
    const long = longGreeting("grpc", 1024);
    const echo = { status: 200, body: Buffer.from(long.body), fields: ok };
    expect(() => assertAnswer(long, echo, true)).not.toThrow();
    expect(() => assertAnswer(long, echo)).toThrow("not the right ones");
  });
});
