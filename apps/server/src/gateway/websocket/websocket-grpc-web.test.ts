import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { describe, expect, it } from "vitest";
import { startGateway } from "../../testing/start-gateway.ts";
import { openWebSocket } from "../../testing/websocket-client.ts";
import type { Wire } from "../gateway-target.ts";

/** Starts a server that speaks gRPC-Web over HTTP/1.1 alone. */
async function startWebServer() {
  const routes = (router: ConnectRouter) =>
    router.service(demo, {
      hellojlc: ({ name }, { responseHeader, responseTrailer }) => {
        responseHeader.set("x-header", "h");
        responseTrailer.set("x-trailer", "t");
        return { result: name };
      },
      async *testClientRecvStream({ data }) {
        yield { result: `${data}1` };
        yield { result: `${data}2` };
      },
      async testClientSendStream(requests) {
        for await (const _request of requests) {
        }
        return { result: "all" };
      },
    });
  const server = createServer(connectNodeAdapter({ routes, grpc: false, connect: false }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const webAlone = { wires: new Set(["grpc-web"] as const) };

describe("a call over WebSocket to a server of gRPC-Web alone", () => {
  it("carries a unary call", async () => {
    await using upstream = await startWebServer();
    await using gateway = await startGateway(upstream.port, webAlone);
    await using client = await openWebSocket(`http://127.0.0.1:${gateway.port}`, "/gateway/t/test.demo/hellojlc");
    client.open();
    client.sendJson({ name: "n" });
    client.sendFrame({ kind: "halfClose" });
    expect((await client.nextBlock("headers")).get("x-header")).toBe("h");
    expect(await client.nextJson()).toEqual({ result: "n" });
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("0");
    expect(trailer.get("x-trailer")).toBe("t");
  });

  it("carries a server stream", async () => {
    await using upstream = await startWebServer();
    await using gateway = await startGateway(upstream.port, webAlone);
    await using client = await openWebSocket(
      `http://127.0.0.1:${gateway.port}`,
      "/gateway/t/test.demo/TestClientRecvStream",
    );
    client.open();
    client.sendJson({ data: "d" });
    client.sendFrame({ kind: "halfClose" });
    await client.nextBlock("headers");
    let text = "";
    let frame = await client.next();
    for (; frame.kind === "data"; frame = await client.next()) {
      text += new TextDecoder().decode(frame.payload);
    }
    expect(text).toContain('{"result":"d1"}');
    expect(text).toContain('{"result":"d2"}');
    expect(frame.kind).toBe("trailers");
  });

  it("tells at a second message that such calls take one", async () => {
    await using upstream = await startWebServer();
    await using gateway = await startGateway(upstream.port, webAlone);
    await using client = await openWebSocket(
      `http://127.0.0.1:${gateway.port}`,
      "/gateway/t/test.demo/TestClientSendStream",
    );
    client.open();
    client.sendJson({ data: "1" });
    client.sendJson({ data: "2" });
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("12");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toContain("whose calls take one message");
    expect(await gateway.line()).toMatchObject({ status: "UNIMPLEMENTED", endedBy: "gateway" });
  });

  it("tells so too where it learns late what the target speaks", async () => {
    await using upstream = await startWebServer();
    const learned = Promise.withResolvers<ReadonlySet<Wire>>();
    await using gateway = await startGateway(upstream.port, { wires: undefined, learnWires: () => learned.promise });
    await using client = await openWebSocket(
      `http://127.0.0.1:${gateway.port}`,
      "/gateway/t/test.demo/TestClientSendStream",
    );
    client.open();
    client.sendJson({ data: "1" });
    client.sendJson({ data: "2" });
    client.sendFrame({ kind: "halfClose" });
    await client.roundTrip();
    learned.resolve(webAlone.wires);
    expect((await client.ended()).trailer.get("grpc-status")).toBe("12");
  });
});

describe("a call over WebSocket to a target of which nobody knows what it speaks", () => {
  it("goes on once that is known", async () => {
    await using upstream = await startWebServer();
    const learned = Promise.withResolvers<ReadonlySet<Wire>>();
    await using gateway = await startGateway(upstream.port, { wires: undefined, learnWires: () => learned.promise });
    await using client = await openWebSocket(`http://127.0.0.1:${gateway.port}`, "/gateway/t/test.demo/hellojlc");
    client.open();
    client.sendJson({ name: "n" });
    client.sendFrame({ kind: "halfClose" });
    await client.roundTrip();
    learned.resolve(webAlone.wires);
    await client.nextBlock("headers");
    expect(await client.nextJson()).toEqual({ result: "n" });
  });

  it("ends with what kept that from being known", async () => {
    await using upstream = await startWebServer();
    const refused = () => Promise.reject(new ConnectError("nothing listens there", Code.Unavailable));
    await using gateway = await startGateway(upstream.port, { wires: undefined, learnWires: refused });
    await using client = await openWebSocket(`http://127.0.0.1:${gateway.port}`, "/gateway/t/test.demo/hellojlc");
    client.open();
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("14");
    expect(trailer.get("grpc-message")).toBe("nothing listens there");
  });

  it("ends at its deadline", async () => {
    await using upstream = await startWebServer();
    await using gateway = await startGateway(upstream.port, {
      wires: undefined,
      learnWires: () => new Promise(() => {}),
    });
    await using client = await openWebSocket(`http://127.0.0.1:${gateway.port}`, "/gateway/t/test.demo/hellojlc");
    client.open({ "grpc-timeout": "30m" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("4");
  });
});
