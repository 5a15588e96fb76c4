import { describe, expect, it } from "vitest";
import { callWeb } from "../testing/call-web.ts";
import { startGateway } from "../testing/start-gateway.ts";
import { startHttp2Upstream } from "../testing/start-http2-upstream.ts";

const allowed = "https://app.example";

const startUpstream = () =>
  startHttp2Upstream((stream) => {
    stream.respond({ "content-type": "application/grpc", "grpc-status": "0" }, { endStream: true });
  });

describe("a page that calls a target", () => {
  it("reads the gateway's own errors where its origin is allowed", async () => {
    await using gateway = await startGateway(1, { allowOrigin: [allowed], token: "t" });
    for (const path of ["/gateway/t/a.B/C", "/gateway/other/a.B/C"]) {
      const { headers } = await callWeb(gateway.port, { path, fields: ["origin", allowed] });
      expect(headers["grpc-status"]).toBe("16");
      expect(headers["access-control-allow-origin"]).toBe(allowed);
      expect(headers["access-control-expose-headers"]).toContain("x-switchboard-ended-by");
      expect(headers.vary).toContain("origin");
    }
  });

  it.each(["https://evil.example", "null"])("neither calls nor reads from %s", async (origin) => {
    await using upstream = await startUpstream();
    await using gateway = await startGateway(upstream.port, { allowOrigin: [allowed] });
    const { status, headers } = await callWeb(gateway.port, { fields: ["origin", origin] });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect([status, headers["grpc-status"]]).toEqual([200, "7"]);
    expect(upstream.requests).toEqual([]);
  });

  it("is told before it calls what it may send", async () => {
    await using gateway = await startGateway(1, { allowOrigin: [allowed] });
    const { status, headers } = await fetch(`http://127.0.0.1:${gateway.port}/gateway/t/a.B/C`, {
      method: "OPTIONS",
      headers: {
        origin: allowed,
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-custom",
      },
    });
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(allowed);
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    for (const name of ["x-custom", "x-grpc-web", "grpc-timeout", "x-user-agent"]) {
      expect(headers.get("access-control-allow-headers")?.split(", ")).toContain(name);
    }
  });
});

describe("a path that nothing implements", () => {
  it("goes to the proxy's target as it is", async () => {
    await using upstream = await startUpstream();
    await using gateway = await startGateway(upstream.port, { proxies: true });
    expect((await callWeb(gateway.port, { path: "/a.B/C" })).headers["grpc-status"]).toBe("0");
    const sent = upstream.requests[0] ?? [];
    expect(sent[sent.indexOf(":path") + 1]).toBe("/a.B/C");
  });

  it("never goes to the proxy's target where it is one of the page's own services", async () => {
    await using upstream = await startUpstream();
    await using gateway = await startGateway(upstream.port, { proxies: true });
    for (const path of ["v1.TargetService/Unknown", "v1.Unknown/List", "v2.TargetService/ListTargets"]) {
      const { headers } = await callWeb(gateway.port, { path: `/switchboard.console.${path}` });
      expect(headers["grpc-status"]).toBe("12");
    }
    expect(upstream.requests).toEqual([]);
  });

  it("is UNIMPLEMENTED without a proxy, and for the services of this server by name", async () => {
    await using upstream = await startUpstream();
    await using alone = await startGateway(upstream.port);
    await using proxying = await startGateway(upstream.port, { proxies: true });
    expect((await callWeb(alone.port, { path: "/a.B/C" })).headers["grpc-status"]).toBe("12");
    expect((await callWeb(proxying.port, { path: "/gateway/local/a.B/C" })).headers["grpc-status"]).toBe("12");
    expect(upstream.requests).toEqual([]);
  });
});
