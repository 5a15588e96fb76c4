import { maxHeaderBlockBytes } from "@switchboard/wire/header-block.ts";
import { describe, expect, it } from "vitest";
import { headersOf, openCarriedCall, succeed, valuesOf } from "../../testing/carried-socket.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";

describe("the metadata of a call over WebSocket", () => {
  it.each([
    ["x a", "1"],
    [":path", "/"],
    ["host", "evil.example"],
    ["te", "trailers"],
    ["connection", "x-hop"],
    ["content-length", "1"],
    ["transfer-encoding", "chunked"],
    ["upgrade", "h2c"],
    ["keep-alive", "timeout=5"],
    ["proxy-connection", "close"],
    ["proxy-authorization", "Basic eA=="],
    ["http2-settings", "AAMAAABk"],
    ["trailer", "x-a"],
    ["grpc-status", "0"],
    ["grpc-foo", "1"],
    ["x-a", "a\nb"],
    ["x-a", "a\rb"],
    ["x-a", "a\0"],
  ])("is refused by its name for %j: %j", async (name, value) => {
    await using upstream = await startHttp2Upstream((stream) => stream.resume());
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    const lines = `content-type: application/grpc-web+json\r\n${name}: ${value}\r\n`;
    client.sendFrame({ kind: "headers", payload: Buffer.from(lines, "latin1") });
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("3");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toContain(name);
    expect(await gateway.line()).toMatchObject({ status: "INVALID_ARGUMENT", endedBy: "gateway" });
    expect(upstream.requests).toEqual([]);
  });

  it("loses what belongs to the browser and to the gateway", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port, { token: "s3cret" });
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf("x-switchboard-token", "s3cret", "cookie", "c=1", "x-kept", "1"));
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
    const [request = []] = upstream.requests;
    expect(request).not.toContain("s3cret");
    expect(valuesOf(request, "cookie")).toEqual([]);
    expect(valuesOf(request, "x-kept")).toEqual(["1"]);
  });

  it("has the target's own in the place of the client's", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port, { heldFields: ["authorization", "Bearer held"] });
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf("authorization", "Bearer mine"));
    client.sendFrame({ kind: "halfClose" });
    await client.ended();
    expect(valuesOf(upstream.requests[0] ?? [], "authorization")).toEqual(["Bearer held"]);
  });

  it("may be as long as a header block", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    client.sendRaw(new Uint8Array(maxHeaderBlockBytes + 2).fill(1));
    expect((await client.ended().catch(() => ({ closeCode: 1009 }))).closeCode).toBe(1009);
  });
});
