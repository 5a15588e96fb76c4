import { FieldDescriptorProto_Label, FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { compareSchemas } from "./schema-changes.ts";
import { type FileInit, schemaOf } from "./testing/schema-of.ts";

const { STRING, INT32, MESSAGE, ENUM } = FieldDescriptorProto_Type;

interface Shape {
  readonly fields?: Readonly<Record<string, number>>;
  readonly colours?: readonly string[];
  readonly methods?: readonly string[];
  readonly isStream?: boolean;
  readonly services?: readonly string[];
}

/** A service whose `Get` takes a `Request` with an `Inner`, whose fields and enum are given. */
function file({ fields = { id: STRING }, colours = ["RED"], methods = ["Get"], ...rest }: Shape): FileInit {
  const { isStream = false, services = ["Shop"] } = rest;
  return {
    name: "shop.proto",
    package: "shop",
    syntax: "proto3",
    messageType: [
      { name: "Request", field: [{ name: "inner", number: 1, type: MESSAGE, typeName: ".shop.Inner" }] },
      { name: "Other" },
      {
        name: "Inner",
        field: [
          { name: "colour", number: 90, type: ENUM, typeName: ".shop.Colour" },
          ...Object.entries(fields).map(([name, type], at) => ({ name, number: at + 1, type })),
        ],
      },
    ].map((message) => ({
      ...message,
      field: message.field?.map((field) => ({ ...field, label: FieldDescriptorProto_Label.OPTIONAL })) ?? [],
    })),
    enumType: [{ name: "Colour", value: colours.map((name, number) => ({ name, number })) }],
    service: services.map((name) => ({
      name,
      method: methods.map((method) => ({
        name: method,
        inputType: method === "Get" ? ".shop.Request" : ".shop.Other",
        outputType: ".shop.Other",
        serverStreaming: isStream,
      })),
    })),
  };
}

async function changes(before: Shape, after: Shape) {
  const [old, fresh] = await Promise.all([schemaOf([file(before)]), schemaOf([file(after)])]);
  const compared = compareSchemas(old, fresh);
  const isTouched = (method: string) => {
    const found = fresh.findMethod("shop.Shop", method);
    return found && compared.isTouched(found);
  };
  return { list: compared.list.map(({ kind, what, name }) => `${kind} ${what} ${name}`), compared, isTouched };
}

describe("compareSchemas()", () => {
  it("finds nothing between equal schemas", async () => {
    const { list, isTouched } = await changes({}, {});
    expect([list, isTouched("Get")]).toEqual([[], false]);
  });

  it("finds added and removed services and methods", async () => {
    const { list } = await changes({ services: ["Shop", "Old"] }, { services: ["Shop", "New"], methods: ["Put"] });
    expect(list).toEqual([
      "added service shop.New",
      "removed service shop.Old",
      "added method shop.Shop/Put",
      "removed method shop.Shop/Get",
    ]);
  });

  it("writes a method's signature before and after", async () => {
    const { compared, isTouched } = await changes({}, { isStream: true });
    expect(compared.list).toEqual([
      {
        kind: "changed",
        what: "method",
        name: "shop.Shop/Get",
        before: "rpc Get(shop.Request) returns (shop.Other)",
        after: "rpc Get(shop.Request) returns (stream shop.Other)",
      },
    ]);
    expect(isTouched("Get")).toBe(true);
  });

  it("finds fields of every kind of change, and the methods that they reach", async () => {
    const fields = { id: INT32, note: STRING };
    const { list, compared, isTouched } = await changes(
      { methods: ["Get", "Put"] },
      { fields, methods: ["Get", "Put"] },
    );
    expect(list).toEqual(["changed field shop.Inner.id", "added field shop.Inner.note"]);
    expect(compared.list[0]).toMatchObject({ before: "string id = 1", after: "int32 id = 1" });
    expect([isTouched("Get"), isTouched("Put")]).toEqual([true, false]);
  });

  it("finds enum values", async () => {
    const { list, isTouched } = await changes({ colours: ["RED", "BLUE"] }, { colours: ["RED", "GREEN"] });
    expect(list).toEqual(["added enumValue shop.Colour.GREEN", "removed enumValue shop.Colour.BLUE"]);
    expect(isTouched("Get")).toBe(true);
  });
});
