import { describe, expect, it } from "vitest";
import { typeRegistry } from "./type-registry.ts";

describe("typeRegistry", () => {
  it("knows messages, error details and well-known types", () => {
    for (const name of ["test.hellojlcReq.hellojlcReqNumberValue", "google.rpc.BadRequest", "google.protobuf.Any"]) {
      expect(typeRegistry.getMessage(name)?.typeName).toBe(name);
    }
  });

  it("knows the services", () => {
    expect(typeRegistry.getService("grpc.health.v1.Health")?.typeName).toBe("grpc.health.v1.Health");
  });
});
