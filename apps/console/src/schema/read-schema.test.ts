import { create } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { ListedServiceSchema, SourceSchema } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { describe, expect, it } from "vitest";
import { relistSchema } from "./read-schema.ts";
import { answerOf, type FileInit, schemaOf } from "./testing/schema-of.ts";

const shop: FileInit = {
  name: "shop.proto",
  package: "shop",
  syntax: "proto3",
  messageType: [
    { name: "Order", field: [{ name: "id", number: 1, type: FieldDescriptorProto_Type.STRING, jsonName: "id" }] },
  ],
  service: [{ name: "Orders", method: [{ name: "Get", inputType: ".shop.Order", outputType: ".shop.Order" }] }],
  sourceCodeInfo: {
    location: [
      { path: [6, 0], span: [1, 0, 1], leadingComments: " Keeps orders.\n" },
      { path: [6, 0, 2, 0], span: [2, 0, 1] },
      { path: [4, 0, 2, 0], span: [3, 0, 1], trailingComments: " Never reused.\n" },
    ],
  },
};
const health: FileInit = { name: "health.proto", package: "grpc.health.v1", service: [{ name: "Health" }] };

function listed(...services: readonly (readonly [name: string, problem: string])[]) {
  return services.map(([name, problem]) => create(ListedServiceSchema, { name, problem }));
}

describe("readSchema()", () => {
  it("finds methods, and tells tools' services from others", async () => {
    const schema = await schemaOf([shop, health]);
    expect(schema.groups.map(({ key, services }) => [key, services.map(({ typeName }) => typeName)])).toEqual([
      ["services", ["shop.Orders"]],
      ["infrastructure", ["grpc.health.v1.Health"]],
    ]);
    expect(schema.findMethod("shop.Orders", "Get")?.input.typeName).toBe("shop.Order");
    expect(schema.findMethod("shop.Orders", "constructor")).toBeUndefined();
    expect(schema.findMethod("__proto__", "Get")).toBeUndefined();
  });

  it("keeps broken services with their reason, and those that the descriptors lack", async () => {
    const services = listed(["shop.Orders", ""], ["shop.Broken", "type Missing is missing"], ["shop.Gone", ""]);
    const schema = await schemaOf([shop], { services });
    expect(schema.groups[0]?.broken).toEqual([
      { name: "shop.Broken", problem: "type Missing is missing" },
      { name: "shop.Gone", problem: "" },
    ]);
    expect(schema.findBroken("shop.Gone")?.problem).toBe("");
    expect(schema.findBroken("shop.Orders")).toBeUndefined();
  });

  it("takes a service that another source has whole", async () => {
    const schema = await schemaOf([shop], { services: listed(["shop.Orders", "no symbol"], ["shop.Orders", ""]) });
    expect(schema.groups).toMatchObject([{ services: [{ typeName: "shop.Orders" }], broken: [] }]);
  });

  it("finds comments, and answers undefined where there are none", async () => {
    const schema = await schemaOf([shop]);
    const service = schema.registry.getService("shop.Orders");
    const field = schema.registry.getMessage("shop.Order")?.fields[0];
    expect(service && schema.commentOf(service)).toBe("Keeps orders.");
    expect(field && schema.commentOf(field)).toBe("Never reused.");
    expect(service?.methods[0] && schema.commentOf(service.methods[0])).toBeUndefined();
  });

  it("tells which source a symbol comes from", async () => {
    const sources = ["reflection", "files"].map((id) => create(SourceSchema, { id }));
    const sourceIdByFile = new Map([["shop.proto", "files"]]);
    const schema = await schemaOf([shop, health], { sources, sourceIdByFile });
    const origin = (name: string) => {
      const service = schema.registry.getService(name);
      return service && schema.originOf(service)?.id;
    };
    expect([origin("shop.Orders"), origin("grpc.health.v1.Health")]).toEqual(["files", undefined]);
  });

  it("knows the details of errors and the well-known types beside the target's own", async () => {
    const { registry } = await schemaOf([shop]);
    for (const name of ["shop.Order", "google.rpc.BadRequest", "google.protobuf.Any"]) {
      expect(registry.getMessage(name)?.typeName).toBe(name);
    }
  });

  it("has no groups where nothing is listed", async () => {
    expect((await schemaOf([], { services: [] })).groups).toEqual([]);
  });

  it("rejects what is no descriptor set", async () => {
    await expect(schemaOf([], { descriptors: new Uint8Array([0x0a, 0x05, 0x01]) })).rejects.toThrow();
  });
});

describe("relistSchema()", () => {
  it("keeps types and comments, and lists services and sources anew", async () => {
    const known = await schemaOf([shop]);
    const { descriptors: _, ...listing } = answerOf([shop], {
      revision: "1",
      services: listed(["shop.Orders", "gone"]),
    });
    const schema = relistSchema(known, listing);
    expect(schema.groups).toMatchObject([{ services: [], broken: [{ name: "shop.Orders", problem: "gone" }] }]);
    expect(schema.registry).toBe(known.registry);
  });
});
