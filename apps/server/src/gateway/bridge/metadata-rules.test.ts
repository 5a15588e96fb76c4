import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { assertMetadata } from "./metadata-rules.ts";

describe("assertMetadata()", () => {
  it.each([
    ["x-a", ""],
    ["x_a.b-1", "a, b\tc"],
    ["x-a", "h\u00e9"],
    ["x-bin", "AAEC/w"],
    ["authorization", "Bearer t"],
    ["constructor", "1"],
    ["__proto__", "1"],
    ["grpc-trace-bin", "AA"],
  ])("takes %s: %j", (name, value) => {
    expect(() => assertMetadata(name, value)).not.toThrow();
  });

  it.each([
    ["x-a", "a\r\nx-b: 1"],
    ["x-a", "a\nb"],
    ["x-a", "a\0b"],
    ["x-a", "a\x7fb"],
    ["x-a", " a"],
    ["x-a", "a "],
    ["x-a", "\ta"],
    ["x-a", "\u{1f600}"],
    ["x a", "1"],
    ["X-A", "1"],
    ["x\r\na", "1"],
    ["", "1"],
    ["h\u00e9", "1"],
    [":path", "/"],
    ["grpc-status", "0"],
    ["grpc-message", "a"],
    ["grpc-timeout", "1S"],
    ["grpc-future", "1"],
    ["host", "a"],
    ["te", "trailers"],
    ["connection", "close"],
    ["transfer-encoding", "chunked"],
    ["content-length", "1"],
    ["content-type", "text/html"],
    ["x-switchboard-hops", "0"],
  ])("refuses %j: %j, naming the key and not the value", (name, value) => {
    const refused = expect.objectContaining({
      code: Code.InvalidArgument,
      rawMessage: expect.stringMatching(/^the metadata "/),
    });
    expect(() => assertMetadata(name, value)).toThrow(refused);
    expect(() => assertMetadata(name, value)).toThrow(JSON.stringify(name));
  });

  it("tells no value", () => {
    expect(() => assertMetadata("x-a", "secret\n")).not.toThrow("secret");
  });
});
