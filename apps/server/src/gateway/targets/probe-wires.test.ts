import { createServer } from "node:http";
import { Code, type ConnectRouter } from "@connectrpc/connect";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { Health } from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { describe, expect, it } from "vitest";
import { createLoopbackDial } from "../../testing/dial-loopback.ts";
import { startStockServer } from "../../testing/differential/start-stock-server.ts";
import { startEngineServer } from "../../testing/start-engine-server.ts";
import { type AnswerStream, startHttp2Upstream } from "../../testing/start-http2-upstream.ts";
import { listenForTest } from "../../testing/test-listener.ts";
import type { Wire } from "../gateway-target.ts";
import { createUpstream } from "../upstream/create-upstream.ts";
import { type ProbedWires, type ProbeWiresOptions, probeWires } from "./probe-wires.ts";

/** Probes a server on this port, over connections that are closed afterwards. */
async function probe(port: number, options: Partial<ProbeWiresOptions> = {}): Promise<ProbedWires> {
  const upstream = createUpstream({
    dial: createLoopbackDial(port),
    scheme: "http",
    authority: `127.0.0.1:${port}`,
    keepaliveMs: undefined,
  });
  try {
    return await probeWires({ upstream, fields: [], signal: new AbortController().signal, ...options });
  } finally {
    upstream.close();
  }
}

function certain(...wires: Wire[]): ProbedWires {
  return { wires: new Set(wires), isCertain: true };
}

const greeter = (router: ConnectRouter) => router.service(Greeter, { sayHello: ({ name }) => ({ message: name }) });
const health = (router: ConnectRouter) => greeter(router).service(Health, { check: () => ({ status: 1 }) });

/** Answers as servers of nothing but gRPC do: by a status where the type is gRPC's, and by 415 where it isn't. */
const answerGrpcAlone: AnswerStream = (stream, rawHeaders) => {
  const type = rawHeaders[rawHeaders.indexOf("content-type") + 1] ?? "";
  stream.resume();
  if (/^application\/grpc($|\+)/.test(type)) {
    stream.respond({ "content-type": "application/grpc", "grpc-status": "12" }, { endStream: true });
  } else {
    stream.respond({ ":status": 415 }, { endStream: true });
  }
};

describe("probeWires()", () => {
  it("finds all protocols of a server that speaks them, whatever services it has", async () => {
    await using server = await startEngineServer(greeter);
    expect(await probe(server.port)).toEqual(certain("grpc", "grpc-web", "connect"));
  });

  it("finds the protocols that a server was left with", async () => {
    await using server = await startEngineServer(health, { grpc: false, connect: false });
    expect((await probe(server.port)).wires).toContain("grpc-web");
    expect((await probe(server.port)).isCertain).toBe(true);
  });

  it("finds all protocols of Connect's own server by the health service, over either version of HTTP", async () => {
    await using server = await startStockServer(health, {});
    expect(await probe(server.ports["2"])).toEqual(certain("grpc", "grpc-web", "connect"));
    expect(await probe(server.ports["1.1"])).toEqual(certain("grpc-web", "connect"));
  });

  it("offers all that the version of HTTP can carry where a server tells nothing", async () => {
    await using server = await startStockServer(greeter, {});
    const [http2, http1] = await Promise.all([probe(server.ports["2"]), probe(server.ports["1.1"])]);
    expect(http2).toEqual({ wires: new Set(["grpc", "grpc-web", "connect"]), isCertain: false });
    expect(http1).toEqual({ wires: new Set(["grpc-web", "connect"]), isCertain: false });
  });

  it("finds gRPC alone where a server speaks nothing else", async () => {
    await using server = await startHttp2Upstream(answerGrpcAlone);
    expect(await probe(server.port)).toEqual(certain("grpc"));
    expect(server.requests).toHaveLength(3);
  });

  it("asks no more of a server that says what it takes", async () => {
    await using server = await startHttp2Upstream((stream, rawHeaders) => {
      stream.resume();
      const isProbe = rawHeaders.includes("application/x-switchboard-probe");
      const fields = { ":status": 415, "accept-post": "application/grpc, application/proto" };
      stream.respond(isProbe ? fields : { ":status": 404 }, { endStream: true });
    });
    expect(await probe(server.port)).toEqual(certain("grpc", "connect"));
    expect(server.requests).toHaveLength(3);
  });

  it("goes on where a server refuses everything alike", async () => {
    await using server = await startHttp2Upstream((stream) => {
      stream.resume();
      stream.respond({ ":status": 415 }, { endStream: true });
    });
    expect(await probe(server.port)).toMatchObject({ isCertain: false });
    expect(server.requests.length).toBeGreaterThan(3);
  });

  it("takes gRPC's answer to a question by gRPC-Web for what it is", async () => {
    await using server = await startHttp2Upstream((stream) => {
      stream.resume();
      stream.respond({ "content-type": "application/grpc+proto", "grpc-status": "12" }, { endStream: true });
    });
    expect(await probe(server.port)).toEqual(certain("grpc"));
    expect(server.requests).toHaveLength(3);
  });

  it("takes no page for a protocol, however long it is", async () => {
    await using server = await listenForTest(
      createServer((_request, response) => void response.end(`<html>${"x".repeat(100_000)}`)),
    );
    expect(await probe(server.port)).toEqual({ wires: new Set(["grpc-web", "connect"]), isCertain: false });
  });

  it("sends no message, and asks nobody's method but those that have no effect", async () => {
    const bodies: number[] = [];
    await using server = await startHttp2Upstream((stream) => {
      stream.on("data", (chunk: Buffer) => bodies.push(chunk.byteLength));
      stream.respond({ ":status": 404 });
      stream.on("end", () => stream.end());
    });
    await probe(server.port);
    const paths = new Set(server.requests.map((raw) => raw[raw.indexOf(":path") + 1]));
    expect([...paths].toSorted()).toEqual([
      "/grpc.health.v1.Health/Check",
      "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      "/switchboard.probe.NoService/NoMethod",
    ]);
    expect(bodies.length).toBeGreaterThan(0);
    expect(bodies.every((bytes) => bytes === "{}".length)).toBe(true);
  });

  it("sends the target's metadata with every question", async () => {
    await using server = await startHttp2Upstream(answerGrpcAlone);
    await probe(server.port, { fields: ["x-key", "1"] });
    expect(server.requests.length).toBeGreaterThan(1);
    expect(server.requests.every((raw) => raw[raw.indexOf("x-key") + 1] === "1")).toBe(true);
  });

  it("goes on without the answers that don't come in time", async () => {
    await using server = await startHttp2Upstream((stream, rawHeaders) => {
      const isGrpc = rawHeaders.includes("application/grpc+proto");
      if (isGrpc) {
        answerGrpcAlone(stream, rawHeaders);
      }
    });
    expect(await probe(server.port, { timeoutMs: 50 })).toEqual(certain("grpc"));
    await expect.poll(() => server.openStreams()).toBe(0);
  });

  it("goes on where a question is answered by a reset", async () => {
    await using server = await startHttp2Upstream((stream) => stream.close(2));
    expect(await probe(server.port)).toMatchObject({ isCertain: false });
  });

  it("rejects with the fault where nobody listens", async () => {
    const listener = await listenForTest(createServer());
    await listener[Symbol.asyncDispose]();
    await expect(probe(listener.port)).rejects.toMatchObject({ code: Code.Unavailable });
  });

  it("is given up by its signal, and its calls with it", async () => {
    const asked = Promise.withResolvers<void>();
    await using server = await startHttp2Upstream(() => asked.resolve());
    const controller = new AbortController();
    const probing = probe(server.port, { signal: controller.signal });
    await asked.promise;
    controller.abort(new Error("no longer wanted"));
    await expect(probing).rejects.toThrow("no longer wanted");
    await expect.poll(() => server.openStreams()).toBe(0);
  });
});
