import { describe, expect, it } from "vitest";
import { metadataFault, metadataToHeaders } from "./metadata.ts";

describe("metadataFault()", () => {
  it.each([
    ["x-request-id", "1", undefined],
    ["Authorization", "Bearer abc", undefined],
    ["trace-bin", "AAEC", undefined],
    ["trace-bin", "AAE=, AAE=", undefined],
    ["", "1", "badName"],
    ["x y", "1", "badName"],
    ["x-ä", "1", "badName"],
    ["x-a", "ä", "badValue"],
    ["x-a", "1\r\nx-b: 2", "badValue"],
    ["trace-bin", "not base64!", "badBase64"],
    ["grpc-timeout", "1S", "reservedName"],
    ["Content-Type", "text/plain", "reservedName"],
    [":path", "/", "reservedName"],
    ["cookie", "a=b", "reservedName"],
    ["http2-settings", "AAMAAABk", "reservedName"],
    ["proxy-connection", "close", "reservedName"],
    ["transfer-encoding", "chunked", "reservedName"],
  ])("answers for %j: %j", (name, value, fault) => {
    expect(metadataFault(name, value)).toBe(fault);
  });
});

describe("metadataToHeaders()", () => {
  it("keeps fields of the same name", () => {
    const fields = [
      ["x-a", "1"],
      ["X-A", "2"],
    ] as const;
    expect([...metadataToHeaders(fields)]).toEqual([["x-a", "1, 2"]]);
  });
});
