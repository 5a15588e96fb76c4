import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { statusName, statusNames } from "./status-name.ts";

describe("statusName()", () => {
  it("has a name of its own for every code", () => {
    const codes = [0, ...Object.values(Code).filter((code) => typeof code === "number")];
    expect(codes).toHaveLength(statusNames.length);
    expect(new Set(codes.map(statusName))).toEqual(new Set(statusNames));
  });

  it("writes names as gRPC does", () => {
    expect([0, Code.Canceled, Code.NotFound].map(statusName)).toEqual(["OK", "CANCELLED", "NOT_FOUND"]);
  });

  it("names numbers that are no code", () => {
    expect(statusName(99)).toBe("CODE_99");
  });
});
