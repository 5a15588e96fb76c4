import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { createRequestFields, type RequestFieldsOptions } from "./request-fields.ts";

const web: RequestFieldsOptions = {
  wire: "grpc-web",
  contentType: "application/grpc+proto",
  hidden: ["x-switchboard-token"],
  held: [],
};
const native: RequestFieldsOptions = { ...web, wire: "grpc" };
const connect: RequestFieldsOptions = { ...web, wire: "connect", contentType: "application/json" };

/** The fields beside those that every request has. */
function metadataOf(rawHeaders: readonly string[], options: RequestFieldsOptions): string[] {
  const fields = createRequestFields(rawHeaders, options);
  const own = ["content-type", "x-switchboard-hops", "grpc-accept-encoding"];
  return fields.filter((_, i) => !own.includes(fields[i - (i % 2)] ?? ""));
}

describe("createRequestFields()", () => {
  it("keeps metadata in its order, repeated, empty, binary and beyond ASCII", () => {
    const metadata = ["x-a", "1", "x-b-bin", "AA==,BB", "x-a", "2", "x-empty", "", "x-b-bin", "CC", "x-l", "h\xe9"];
    for (const options of [web, native, connect]) {
      expect(metadataOf(metadata, options)).toEqual(metadata);
    }
  });

  it("writes names in lower case, as HTTP/1.1 has no case", () => {
    expect(metadataOf(["X-Custom", "1"], web)).toEqual(["x-custom", "1"]);
  });

  it.each([
    [":path", "/"],
    [":authority", "a"],
    ["Host", "a"],
    ["Connection", "keep-alive"],
    ["Keep-Alive", "timeout=5"],
    ["Proxy-Connection", "keep-alive"],
    ["Proxy-Authorization", "Basic a"],
    ["Transfer-Encoding", "chunked"],
    ["Upgrade", "h2c"],
    ["HTTP2-Settings", "AA"],
    ["TE", "trailers, deflate"],
    ["Trailer", "x"],
    ["Content-Length", "5"],
    ["Expect", "100-continue"],
    ["X-Switchboard-Token", "t"],
    ["X-Switchboard-Ended-By", "client"],
  ])("lets %s end at the gateway", (name, value) => {
    for (const options of [web, native, connect]) {
      expect(metadataOf([name, value], options)).toEqual([]);
    }
  });

  it.each([
    ["keep-alive, X-Secret", "x-secret"],
    ["x-secret", "X-Secret"],
    [" x-other ,x-secret", "x-secret"],
  ])("lets what `connection: %s` names end at the gateway", (connection, name) => {
    for (const options of [web, native, connect]) {
      const fields = ["Connection", connection, name, "1", "x-kept", "2"];
      expect(metadataOf(fields, options)).toEqual(["x-kept", "2"]);
    }
  });

  it.each([
    "origin",
    "referer",
    "cookie",
    "sec-fetch-site",
    "sec-ch-ua",
    "accept-language",
    "cache-control",
    "pragma",
    "dnt",
    "priority",
    "x-grpc-web",
  ])("keeps what browsers add, as %s, from a target, and passes it on for a native client", (name) => {
    expect(metadataOf([name, "1"], web)).toEqual([]);
    expect(metadataOf([name, "1"], connect)).toEqual([]);
    expect(metadataOf([name, "1"], native)).toEqual([name, "1"]);
  });

  it("leaves content negotiation to Connect, whose unary form is plain HTTP", () => {
    const fields = ["accept", "*/*", "accept-encoding", "gzip", "content-encoding", "gzip"];
    expect(metadataOf(fields, connect)).toEqual(fields);
    expect(metadataOf(["accept", "*/*", "accept-encoding", "gzip"], web)).toEqual([]);
  });

  it("hides the fields that carry the server's token", () => {
    const fields = ["authorization", "Bearer t", "x-switchboard-token", "t"];
    expect(metadataOf(fields, { ...web, hidden: ["x-switchboard-token", "authorization"] })).toEqual([]);
    expect(metadataOf(fields, web)).toEqual(["authorization", "Bearer t"]);
  });

  it("leaves the timeout to the upstream, which knows what is left of it", () => {
    expect(metadataOf(["grpc-timeout", "1S", "connect-timeout-ms", "1"], web)).toEqual([]);
  });

  it("tells a page's library as the user agent, before the browser", () => {
    const fields = ["user-agent", "Mozilla/5.0", "x-user-agent", "grpc-web-javascript/0.1"];
    expect(metadataOf(fields, web)).toEqual(["user-agent", "grpc-web-javascript/0.1"]);
    expect(metadataOf(fields.slice(0, 2), web)).toEqual(["user-agent", "Mozilla/5.0"]);
    expect(metadataOf(fields, native)).toEqual(fields);
  });

  it("asks for messages that are not compressed where a gRPC-Web client names no encoding", () => {
    expect(createRequestFields([], web)).toContain("identity");
    const asked = createRequestFields(["grpc-accept-encoding", "gzip"], web);
    expect(asked).toContain("gzip");
    expect(asked).not.toContain("identity");
    expect(createRequestFields([], native)).not.toContain("identity");
  });

  it("puts a target's own metadata in the place of the client's", () => {
    const held = ["authorization", "Bearer held", "x-tenant", "1"];
    const fields = ["authorization", "Bearer mine", "x-a", "1", "user-agent", "u"];
    expect(metadataOf(fields, { ...native, held })).toEqual(["x-a", "1", "user-agent", "u", ...held]);
  });

  it.each(["x!a", "x a", "x/a"])("refuses the name %j, naming it", (name) => {
    const refused = expect.objectContaining({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining(JSON.stringify(name)),
    });
    for (const options of [web, native, connect]) {
      expect(() => createRequestFields([name, "1"], options)).toThrow(refused);
    }
  });

  it.each(["grpc-status", "grpc-message", "grpc-status-details-bin", "grpc-internal-x"])(
    "refuses %s of a gRPC-Web client, naming it",
    (name) => {
      const refused = expect.objectContaining({
        code: Code.InvalidArgument,
        rawMessage: expect.stringContaining(`"${name}"`),
      });
      expect(() => createRequestFields([name, "0"], web)).toThrow(refused);
    },
  );

  it.each([
    [undefined, "1"],
    ["0", "1"],
    ["3", "4"],
  ])("counts the gateways of a call: from %s to %s", (before, after) => {
    const fields = createRequestFields(before === undefined ? [] : ["x-switchboard-hops", before], web);
    expect(fields.slice(fields.indexOf("x-switchboard-hops"))).toEqual(["x-switchboard-hops", after]);
  });

  it.each(["4", "999", "-1", "x", ""])("refuses a call that has gone through %j gateways", (hops) => {
    expect(() => createRequestFields(["X-Switchboard-Hops", hops], native)).toThrow(
      expect.objectContaining({ code: Code.FailedPrecondition }),
    );
  });
});
