import { create, toBinary } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label,
  type FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FileInit, load } from "../testing/schema-fixtures.ts";
import { buildSchema } from "./build-schema.ts";
import type { SchemaSource } from "./schema-source.ts";

const names = ["A", "B", "C", "__proto__", "constructor", "not a name", ""];
const packages = ["", "p", "p.q", "__proto__"];
const files = ["a.proto", "b.proto", "c.proto", "__proto__", ""];

const anyName = fc.constantFrom(...names);
const anyType = fc.oneof(
  fc
    .tuple(fc.constantFrom(...packages), anyName)
    .map(([scope, name]) => (scope === "" ? `.${name}` : `.${scope}.${name}`)),
  fc
    .tuple(fc.constantFrom(...packages), anyName, anyName)
    .map(([scope, outer, inner]) => `.${scope === "" ? "" : `${scope}.`}${outer}.${inner}`),
  anyName,
  fc.constantFrom(".google.protobuf.Timestamp", ".google.protobuf.NullValue", ".google.rpc.Status", ".", "..", ""),
);
const anyLabel = fc.constantFrom(
  FieldDescriptorProto_Label.OPTIONAL,
  FieldDescriptorProto_Label.REPEATED,
  FieldDescriptorProto_Label.REQUIRED,
);
const anyField = fc.record(
  {
    name: anyName,
    number: fc.integer({ min: -1, max: 4 }),
    label: anyLabel,
    type: fc.integer({ min: 1, max: 18 }).map((type) => type as FieldDescriptorProto_Type),
    typeName: anyType,
    oneofIndex: fc.integer({ min: -1, max: 2 }),
    proto3Optional: fc.boolean(),
    defaultValue: fc.constantFrom("", "7", "x", "\\"),
  },
  { requiredKeys: ["name", "number"] },
);
const anyExtension = fc.tuple(anyField, anyType).map(([field, extendee]) => ({ ...field, extendee }));
const anyEnum = fc.record({
  name: anyName,
  value: fc.array(fc.record({ name: anyName, number: fc.integer({ min: -1, max: 2 }) }), { maxLength: 2 }),
});
/** A message with others inside, `depth` levels at most. */
function anyMessage(depth: number): fc.Arbitrary<object> {
  return fc.record({
    name: anyName,
    field: fc.array(anyField, { maxLength: 4 }),
    nestedType: depth === 0 ? fc.constant([]) : fc.array(anyMessage(depth - 1), { maxLength: 2 }),
    enumType: fc.array(anyEnum, { maxLength: 1 }),
    extension: fc.array(anyExtension, { maxLength: 1 }),
    oneofDecl: fc.array(fc.record({ name: anyName }), { maxLength: 2 }),
    options: fc.record({ mapEntry: fc.boolean() }),
  });
}
const anyService = fc.record({
  name: anyName,
  method: fc.array(fc.record({ name: anyName, inputType: anyType, outputType: anyType }), { maxLength: 3 }),
});
const anyFile = fc
  .record({
    name: fc.constantFrom(...files),
    package: fc.constantFrom(...packages),
    dependency: fc.array(fc.constantFrom(...files, "gone.proto", "google/protobuf/timestamp.proto"), { maxLength: 3 }),
    publicDependency: fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 2 }),
    syntax: fc.constantFrom("", "proto2", "proto3", "editions", "<unknown:0>"),
    edition: fc.constantFrom(0, 1, 998, 1000, 1001, 9999),
    messageType: fc.array(anyMessage(2), { maxLength: 4 }),
    enumType: fc.array(anyEnum, { maxLength: 2 }),
    service: fc.array(anyService, { maxLength: 2 }),
    extension: fc.array(anyExtension, { maxLength: 1 }),
    sourceCodeInfo: fc.record({
      location: fc.array(
        fc.record({ path: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 5 }), span: fc.constant([1, 1, 1]) }),
        { maxLength: 3 },
      ),
    }),
  })
  // Some of it is of no kind that is allowed, on purpose.
  .map((init) => toBinary(FileDescriptorProtoSchema, create(FileDescriptorProtoSchema, init as object as FileInit)));

/** A file, and bytes that were a file before somebody changed one. */
const anyBytes = fc.oneof(
  { weight: 9, arbitrary: anyFile },
  {
    weight: 1,
    arbitrary: fc.tuple(anyFile, fc.nat(), fc.nat(255)).map(([bytes, place, value]) => {
      const damaged = bytes.slice();
      damaged[place % Math.max(1, damaged.length)] = value;
      return damaged;
    }),
  },
);

const anySources = fc.array(
  fc.tuple(fc.array(anyBytes, { maxLength: 5 }), fc.option(fc.array(anyName, { maxLength: 3 }), { nil: undefined })),
  { minLength: 1, maxLength: 3 },
);

test("whatever the files, the schema loads, and every service is there or has a problem", () => {
  let loaded = 0;
  fc.assert(
    fc.property(anySources, (contents) => {
      const sources = contents.map(
        ([bytes, listed], index): SchemaSource => ({
          id: `s${index}`,
          label: `s${index}`,
          files: bytes,
          listed,
          reasons: new Map(),
        }),
      );
      const built = load(buildSchema(sources));
      for (const { name, problem } of built.services) {
        const service = built.registry.getService(name);
        expect(service !== undefined || problem !== "").toBe(true);
        loaded += service?.methods.length ?? 0;
      }
      expect([...built.registry.files].every(({ proto }) => built.sourceIdByFile.has(proto.name))).toBe(true);
      expect(built.sources.flatMap(({ notes }) => notes).filter((note) => note.includes("can't be loaded"))).toEqual(
        [],
      );
    }),
    { numRuns: 150 },
  );
  expect(loaded).toBeGreaterThan(0);
});
