import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { statusCode, statusFamily, statusName } from "./status-name.ts";

const codes = [0, ...Object.values(Code).filter((code) => typeof code === "number")] as const;

describe("statusName()", () => {
  it("and statusCode() are each other's inverse for every code", () => {
    expect(codes).toHaveLength(17);
    expect(codes.map((code) => statusCode(statusName(code)))).toEqual(codes);
  });

  it("writes names as gRPC does", () => {
    expect([statusName(0), statusName(Code.Canceled), statusName(Code.NotFound)]).toEqual([
      "OK",
      "CANCELLED",
      "NOT_FOUND",
    ]);
  });

  it("names numbers that are no code", () => {
    expect(statusName(99 as Code)).toBe("CODE_99");
    expect(statusCode("constructor")).toBeUndefined();
  });
});

describe("statusFamily()", () => {
  it("tells success, the caller's faults, the server's faults and what was given up", () => {
    const families = [0, Code.NotFound, Code.Internal, Code.DeadlineExceeded].map((code) => statusFamily(code));
    expect(families).toEqual(["ok", "caller", "server", "cancelled"]);
  });
});
