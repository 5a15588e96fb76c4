import { describe, expect, test } from "vitest";
import { checkMetadataName, checkMetadataValue } from "./metadata-rules.ts";

describe("checkMetadataName()", () => {
  test.each(["x-request-id", "authorization", "trace.id", "a_b", "0", "key-bin"])("allows %j", (name) => {
    expect(checkMetadataName(name)).toBeUndefined();
  });

  test.each([
    ["", "emptyName"],
    ["X-Request-Id", "upperCaseName"],
    ["a b", "illegalName"],
    [":path", "illegalName"],
    ["名", "illegalName"],
    ["a\r\nb", "illegalName"],
    ["grpc-timeout", "reservedName"],
    ["connect-protocol-version", "reservedName"],
    ["host", "reservedName"],
    ["te", "reservedName"],
    ["content-type", "reservedName"],
    ["sec-fetch-mode", "reservedName"],
    ["cookie", "reservedName"],
  ])("refuses %j: %s", (name, problem) => {
    expect(checkMetadataName(name)).toBe(problem);
  });
});

describe("checkMetadataValue()", () => {
  test.each(["", "Bearer abc", "~ !"])("allows %j as text", (value) => {
    expect(checkMetadataValue("x-a", value)).toBeUndefined();
  });

  test.each(["é", "a\nb", "a\u0000"])("refuses %j as text", (value) => {
    expect(checkMetadataValue("x-a", value)).toBe("unprintableValue");
  });

  test.each(["", "AAEC", "AAE=", "AAE", "AA==", "+/+/"])("allows %j as bytes", (value) => {
    expect(checkMetadataValue("x-bin", value)).toBeUndefined();
  });

  test.each(["a", "a-b_", "AAEC====", "é"])("refuses %j as bytes", (value) => {
    expect(checkMetadataValue("x-bin", value)).toBe("notBase64");
  });
});
