import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { createMemoryExchange } from "../gateway/memory-exchange.ts";
import type { UpstreamListener } from "../gateway/upstream/upstream.ts";
import type { FieldList } from "../net/http-exchange.ts";
import { createAuthenticate } from "./authenticate.ts";
import { createCallEngine } from "./call-engine.ts";
import { readCallForm } from "./call-form.ts";
import type { CallLine } from "./call-log.ts";
import { registerServices } from "./register-services.ts";
import { serviceEntry } from "./service-entry.ts";

interface Logged extends CallLine {
  readonly fault: unknown;
}

const utf8 = new TextEncoder();

/** An engine with these services, and a function that calls it as a client would. */
function createEngine(greeter: Partial<ServiceImpl<typeof Greeter>>, streams: Partial<ServiceImpl<typeof demo>> = {}) {
  const never = new AbortController().signal;
  const lines: Logged[] = [];
  const engine = createCallEngine({
    routes: registerServices([serviceEntry(Greeter, greeter), serviceEntry(demo, streams)], {
      draining: never,
      stopping: never,
    }),
    readMaxBytes: 1_000,
    jsonOptions: { ignoreUnknownFields: false },
    authenticate: createAuthenticate(undefined),
    log: (line, fault) => lines.push({ ...line, fault }),
    requestTimeout: 1_000,
  });
  async function call(
    path: string,
    fields: Record<string, string>,
    body: Uint8Array | string,
    more: { readonly method?: string; readonly httpVersion?: string } = {},
  ) {
    const response = createCollector();
    const request = { method: "POST", path, fields: Object.entries(fields).flat(), deadline: undefined } as const;
    const { exchange, upstream } = createMemoryExchange(
      { ...request, caller: { carrier: "http", peer: "127.0.0.1:1" } },
      response.listener,
    );
    const { method, target } = Object.assign(exchange, more);
    const form = readCallForm({ method, target, contentType: fields["content-type"] ?? "" });
    engine.answer({ exchange, path, carrier: "http", form });
    upstream.write(typeof body === "string" ? utf8.encode(body) : body);
    upstream.end();
    return response.whole;
  }
  return { call, lines };
}

/** Collects a response until it is over. */
function createCollector() {
  const { promise: whole, resolve } = Promise.withResolvers<{
    readonly status: number;
    readonly header: Headers;
    readonly trailer: Headers;
    readonly text: string;
  }>();
  const header = new Headers();
  const trailer = new Headers();
  let status = 0;
  let text = "";
  const append = (headers: Headers, fields: FieldList) => {
    for (let i = 0; i < fields.length; i += 2) {
      headers.append(fields[i] ?? "", fields[i + 1] ?? "");
    }
  };
  const listener: UpstreamListener = {
    onHead: (head) => {
      status = head.status;
      append(header, head.fields);
    },
    onData: (chunk) => {
      text += Buffer.from(chunk);
    },
    onTrailers: (fields) => append(trailer, fields),
    onDrain: () => {},
    // Behind the line of the call, which is written in a turn of its own.
    onClose: () => setImmediate(resolve, { status, header, trailer, text }),
  };
  return { listener, whole };
}

const json = { "content-type": "application/json" };
const hello = { sayHello: ({ name }: { name: string }) => ({ message: name }) };

describe("a call that the framework refuses", () => {
  it.each([
    ["not JSON", "/Greeter/SayHello", "{", "invalid_argument"],
    ["an unknown field", "/Greeter/SayHello", '{"nme":"x"}', "invalid_argument"],
    ["a wrong type", "/Greeter/SayHello", '{"name":1}', "invalid_argument"],
    ["a number out of range", "/test.demo/hellojlc", '{"age":2147483648}', "invalid_argument"],
    ["a fraction for an integer", "/test.demo/hellojlc", '{"age":1.5}', "invalid_argument"],
    ["a message over the limit", "/Greeter/SayHello", `{"name":"${"n".repeat(1_000)}"}`, "resource_exhausted"],
  ])("answers and logs %s", async (_name, path, body, code) => {
    const { call, lines } = createEngine(hello);
    const { text } = await call(path, json, body);
    expect(JSON.parse(text).code).toBe(code);
    expect(lines).toEqual([expect.objectContaining({ method: path, protocol: "connect", status: code.toUpperCase() })]);
    expect(lines[0]?.fault).toBeUndefined();
  });

  it.each(["application/grpc", "application/grpc-web"])(
    "answers a declared length of 4 GiB at once in %s",
    async (contentType) => {
      const { call, lines } = createEngine(hello);
      const response = await call(
        "/Greeter/SayHello",
        { "content-type": contentType },
        Uint8Array.of(0, 255, 255, 255, 255),
      );
      expect(`${response.trailer?.get("grpc-status")} ${response.text}`).toMatch(/^8|grpc-status: 8/);
      expect(lines[0]?.status).toBe("RESOURCE_EXHAUSTED");
    },
  );

  it.each([
    ["1.5m", "INVALID_ARGUMENT"],
    ["123456789m", "INVALID_ARGUMENT"],
    ["Infinitym", "INVALID_ARGUMENT"],
    ["0m", "DEADLINE_EXCEEDED"],
  ])("answers the deadline %s with %s", async (timeout, status) => {
    const { call, lines } = createEngine({ sayHello: () => new Promise(() => {}) }, parked);
    const header = { "content-type": "application/grpc", "grpc-timeout": timeout };
    await call("/test.demo/TestTwoWayStream", header, encodeEnvelope(0, new Uint8Array()));
    expect(lines[0]?.status).toBe(status);
  });

  it("answers a content type that is no call's with 415 and what there is", async () => {
    const { call, lines } = createEngine(hello);
    const response = await call("/Greeter/SayHello", { "content-type": "text/plain" }, "{}");
    expect(response.status).toBe(415);
    expect(response.header?.get("accept-post")).toContain("application/json");
    expect(lines).toEqual([expect.objectContaining({ protocol: "unknown", status: "UNKNOWN", httpStatus: 415 })]);
  });

  it("answers another HTTP method with 405 and what there is", async () => {
    const { call } = createEngine(hello);
    const response = await call("/Greeter/SayHello", json, "{}", { method: "PUT" });
    expect(response.status).toBe(405);
    expect(response.header?.get("allow")).toContain("POST");
  });

  it("answers a path without a method with 404 and UNIMPLEMENTED", async () => {
    const { call, lines } = createEngine(hello);
    const { status, text } = await call("/Greeter/Nope", json, "{}");
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({
      code: "unimplemented",
      message: expect.stringContaining("/Greeter/Nope"),
    });
    expect(lines).toEqual([expect.objectContaining({ status: "UNIMPLEMENTED", httpStatus: 404, fault: undefined })]);
  });

  it("tells that a bidi stream takes more than HTTP/1.1", async () => {
    const { call } = createEngine(hello, parked);
    const header = { "content-type": "application/connect+json" };
    const { text } = await call("/test.demo/TestTwoWayStream", header, "", { httpVersion: "1.1" });
    expect(text).toContain("takes HTTP/2 or a WebSocket");
    expect(text).toContain("unimplemented");
  });
});

const parked: Partial<ServiceImpl<typeof demo>> = {
  hellojlc: ({ age }) => ({ result: String(age) }),
  async *testTwoWayStream(_requests, { signal }) {
    if (!signal.aborted) {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    }
    throw signal.reason;
  },
};

describe("a fault of a service", () => {
  const secret = new Error("the password is hunter2");

  it.each(["application/json", "application/grpc+json", "application/grpc-web+json"])(
    "is INTERNAL without its text in %s, and whole in the log",
    async (contentType) => {
      const { call, lines } = createEngine({
        sayHello: () => {
          throw secret;
        },
      });
      const body = contentType === "application/json" ? "{}" : encodeEnvelope(0, utf8.encode("{}"));
      const { text, header, trailer } = await call("/Greeter/SayHello", { "content-type": contentType }, body);
      const wire = `${text}${JSON.stringify([...(header ?? []), ...(trailer ?? [])])}`;
      expect(decodeURIComponent(wire)).toContain("internal error");
      expect(wire).not.toContain("hunter2");
      expect(lines).toEqual([expect.objectContaining({ status: "INTERNAL", fault: secret })]);
    },
  );

  it("in the middle of a stream ends the stream alone", async () => {
    const { call, lines } = createEngine(hello, {
      async *testClientRecvStream() {
        yield { result: "1" };
        throw secret;
      },
    });
    const header = { "content-type": "application/connect+json" };
    const { text } = await call("/test.demo/TestClientRecvStream", header, encodeEnvelope(0, utf8.encode("{}")));
    expect(text).toContain("internal error");
    expect(lines).toEqual([expect.objectContaining({ status: "INTERNAL", fault: secret })]);
  });

  it("is none where the service answers with an error of its own", async () => {
    const { call, lines } = createEngine({
      sayHello: () => {
        throw new ConnectError("no such name", Code.NotFound);
      },
    });
    expect(JSON.parse((await call("/Greeter/SayHello", json, "{}")).text).message).toBe("no such name");
    expect(lines).toEqual([expect.objectContaining({ status: "NOT_FOUND", fault: undefined })]);
  });
});

describe("the line of a call", () => {
  it("counts bytes and holds neither messages nor metadata", async () => {
    const { call, lines } = createEngine(hello);
    const { text } = await call("/Greeter/SayHello", { ...json, "x-secret": "hunter2" }, '{"name":"payload"}');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ bytesIn: 18, bytesOut: text.length, peer: "127.0.0.1:1", status: "OK" });
    expect(JSON.stringify(lines)).not.toMatch(/hunter2|payload/);
  });

  it("is written for a method that a service left out", async () => {
    const { call, lines } = createEngine(hello);
    await call("/Greeter/Test", json, "{}");
    expect(lines).toEqual([expect.objectContaining({ method: "/Greeter/Test", status: "UNIMPLEMENTED" })]);
  });
});
