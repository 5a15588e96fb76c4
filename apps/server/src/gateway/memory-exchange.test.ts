import { describe, expect, it } from "vitest";
import type { ExchangeListener } from "../net/http-exchange.ts";
import { createMemoryExchange } from "./memory-exchange.ts";
import type { UpstreamListener, UpstreamRequest } from "./upstream/upstream.ts";

/** An exchange with what both ends are told. */
function createExchange(request: Partial<UpstreamRequest> = {}) {
  const events: string[] = [];
  const client: UpstreamListener = {
    onHead: ({ status, isEnd }) => events.push(`client: head ${status}${isEnd ? ", the end" : ""}`),
    onData: (chunk) => events.push(`client: ${Buffer.from(chunk)}`),
    onTrailers: (fields) => events.push(`client: trailers ${fields.join(" ")}`),
    onDrain: () => events.push("client: drain"),
    onClose: (fault) => events.push(`client: close ${fault?.kind}`),
  };
  const server: ExchangeListener = {
    onData: (chunk) => events.push(`server: ${Buffer.from(chunk)}`),
    onEnd: () => events.push("server: end"),
    onDrain: () => events.push("server: drain"),
    onClose: (complete) => events.push(`server: close ${complete}`),
  };
  const whole: UpstreamRequest = { method: "POST", path: "/a.B/C", fields: [], deadline: undefined, ...request };
  return { ...createMemoryExchange(whole, client), events, server };
}

/** Resolves once all that the acts so far lead to was told. */
function told(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("an exchange within the process", () => {
  it("gives the request once the server has begun to listen, not while it does", async () => {
    const { exchange, upstream, events, server } = createExchange();
    upstream.write(Buffer.from("a"));
    upstream.end();
    exchange.listen(server);
    expect(events).toEqual([]);
    await told();
    expect(events).toEqual(["server: a", "server: end"]);
  });

  it("holds the request back for a server that listens and pauses", async () => {
    const { exchange, upstream, events, server } = createExchange();
    exchange.listen(server);
    exchange.pause();
    upstream.write(Buffer.from("a"));
    await told();
    expect(events).toEqual([]);
    exchange.resume();
    expect(events).toEqual(["server: a"]);
  });

  it("gives the response, and tells the server in a turn of its own that it was taken", async () => {
    const { exchange, events, server } = createExchange();
    exchange.listen(server);
    await told();
    exchange.sendHead(200, []);
    exchange.write(Buffer.from("a"));
    exchange.end(["grpc-status", "0"]);
    expect(events).toEqual([
      "client: head 200",
      "client: a",
      "client: trailers grpc-status 0",
      "client: close undefined",
    ]);
    await told();
    expect(events.at(-1)).toBe("server: close true");
  });

  it("tells that a response has nothing but its head", () => {
    const { exchange, events } = createExchange();
    exchange.send(200, [], new Uint8Array());
    expect(events).toEqual(["client: head 200, the end", "client: close undefined"]);
  });

  it("isn't complete while its client has not taken all of it", async () => {
    const { exchange, upstream, events, server } = createExchange();
    exchange.listen(server);
    await told();
    upstream.pause();
    exchange.send(200, [], Buffer.from("a"), ["grpc-status", "0"]);
    await told();
    expect(events).toEqual(["client: head 200"]);
    upstream.cancel();
    await told();
    expect(events).toEqual(["client: head 200", "server: close false"]);
  });

  it("tells a client of a reset, and nothing after it", async () => {
    const { exchange, events, server } = createExchange();
    exchange.listen(server);
    await told();
    exchange.sendHead(200, []);
    exchange.reset();
    exchange.write(Buffer.from("a"));
    exchange.end();
    await told();
    expect(events).toEqual(["client: head 200", "client: close reset", "server: close false"]);
  });

  it("tells a server of a cancel before it listened", async () => {
    const { exchange, upstream, events, server } = createExchange();
    upstream.cancel();
    exchange.listen(server);
    await told();
    expect(events).toEqual(["server: close false"]);
  });

  it("tells the server what is left of the deadline, and joins repeated fields", () => {
    const deadline = { at: performance.now() + 5_000, field: "grpc-timeout" } as const;
    const { exchange } = createExchange({ fields: ["x-a", "1", "__proto__", "p", "x-a", "2"], deadline });
    expect(exchange.headers["x-a"]).toBe("1, 2");
    expect(Object.keys(exchange.headers)).toContain("__proto__");
    expect(exchange.headers["grpc-timeout"]).toMatch(/^(4\d\d\d|5000)m$/);
  });
});
