import { create, fromBinary, fromJson, toBinary } from "@bufbuild/protobuf";
import {
  Edition,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FileOptionsSchema,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import {
  buildFiles,
  fileNames,
  load,
  messageField,
  problemOf,
  serviceInit,
  sourceOf,
  stringField,
} from "../testing/schema-fixtures.ts";
import { buildSchema } from "./build-schema.ts";

const request = { name: "r.proto", package: "r", messageType: [{ name: "Request", field: [stringField("text", 1)] }] };
const service = { name: "s.proto", package: "s", dependency: ["r.proto"], service: [serviceInit("S", ".r.Request")] };

describe("buildSchema() with imports", () => {
  test("puts every file behind those that it imports, and changes nothing else", () => {
    const source = sourceOf([service, request]);
    const built = load(buildSchema([source]));
    expect(fileNames(built)).toEqual(["r.proto", "s.proto"]);
    expect(built.sources).toEqual([{ id: "a", notes: [], fileCount: 2 }]);
    expect(
      fromBinary(FileDescriptorSetSchema, built.descriptors).file.map((file) =>
        toBinary(FileDescriptorProtoSchema, file),
      ),
    ).toEqual(source.files.toReversed());
  });

  test("works out imports that aren't listed", () => {
    const built = buildFiles([{ ...service, dependency: [] }, request]);
    expect(built.registry.getFile("s.proto")?.dependencies.map(({ proto }) => proto.name)).toEqual(["r.proto"]);
    expect(built.sources[0]?.notes).toEqual([
      '"s.proto": not all files are imported whose types are used; the imports were worked out',
    ]);
  });

  test("finds types in a file of another name than the import has", () => {
    const built = buildFiles([{ ...service, dependency: ["vendor/r.proto"] }, request]);
    expect(problemOf(built, "s.S")).toBe("");
    expect(built.registry.getService("s.S")?.methods[0]?.input.typeName).toBe("r.Request");
    expect(built.sources[0]?.notes).toContain('"vendor/r.proto": imported, but missing; the import is left out');
  });

  test("does without a file that only options need, and keeps the options", () => {
    // Field 1250 with the text "a", which is an option of nobody's.
    const options = fromBinary(FileOptionsSchema, new Uint8Array([0x92, 0x4e, 0x01, 0x61]));
    const annotated = { ...request, dependency: ["google/api/annotations.proto"], options };
    const built = buildFiles([service, annotated]);
    expect(problemOf(built, "s.S")).toBe("");
    expect(built.registry.getFile("r.proto")?.proto.options?.$unknown).toHaveLength(1);
  });

  test("takes types that come by public imports as imported", () => {
    const hub = { name: "hub.proto", package: "hub", dependency: ["r.proto"], publicDependency: [0] };
    const built = buildFiles([{ ...service, dependency: ["hub.proto"] }, hub, request]);
    expect(fileNames(built)).toEqual(["r.proto", "hub.proto", "s.proto"]);
    expect(built.sources[0]?.notes).toEqual([]);
  });

  test("brings well-known types and those of google.rpc that nobody sends", () => {
    const input = {
      name: "Input",
      field: [messageField("when", 1, ".google.protobuf.Timestamp"), messageField("why", 2, ".google.rpc.Status")],
    };
    const built = buildFiles([{ name: "s.proto", messageType: [input], service: [serviceInit("S", ".Input")] }]);
    expect(problemOf(built, "S")).toBe("");
    expect(fileNames(built)).toEqual([
      "google/protobuf/any.proto",
      "google/protobuf/timestamp.proto",
      "google/rpc/status.proto",
      "s.proto",
    ]);
    expect(built.sourceIdByFile.get("google/rpc/status.proto")).toBe("built-in");
  });

  test("holds to the well-known types, whatever a source says they are", () => {
    const timestamp = {
      name: "google/protobuf/timestamp.proto",
      package: "google.protobuf",
      messageType: [{ name: "Timestamp", field: [stringField("seconds", 1)] }],
    };
    const input = { name: "Input", field: [messageField("when", 1, ".google.protobuf.Timestamp")] };
    const built = buildFiles([timestamp, { name: "s.proto", dependency: [timestamp.name], messageType: [input] }]);
    expect(built.registry.getMessage("google.protobuf.Timestamp")?.fields.map(({ name }) => name)).toEqual([
      "seconds",
      "nanos",
    ]);
  });
});

describe("buildSchema() with circles", () => {
  test("leaves out imports in a circle that aren't needed", () => {
    const built = buildFiles([service, { ...request, dependency: ["s.proto"] }]);
    expect(fileNames(built)).toEqual(["r.proto", "s.proto"]);
    expect(problemOf(built, "s.S")).toBe("");
  });

  test("loads files in parts that need each other, as where packages were merged, with their comments", () => {
    const left = {
      name: "left.proto",
      package: "left",
      dependency: ["right.proto"],
      messageType: [{ name: "Base" }, { name: "Top", field: [messageField("middle", 1, ".right.Middle")] }],
      service: [serviceInit("S", ".left.Top")],
      sourceCodeInfo: { location: [{ path: [4, 1], span: [1, 1, 1], leadingComments: " About Top." }] },
    };
    const right = {
      name: "right.proto",
      package: "right",
      dependency: ["left.proto"],
      messageType: [{ name: "Middle", field: [messageField("base", 1, ".left.Base")] }],
    };
    const built = buildFiles([left, right]);
    expect(fileNames(built)).toEqual(["left.proto", "right.proto", "left~part2.proto"]);
    expect(problemOf(built, "left.S")).toBe("");
    const { file } = fromBinary(FileDescriptorSetSchema, built.descriptors);
    expect(file[2]?.sourceCodeInfo?.location).toMatchObject([{ path: [4, 0], leadingComments: " About Top." }]);
    expect(file[0]?.sourceCodeInfo?.location).toEqual([]);
  });

  test("tells of single types of two packages that need each other, and loads the rest", () => {
    const built = buildFiles([
      {
        name: "x.proto",
        package: "x",
        messageType: [{ name: "X", field: [messageField("y", 1, ".y.Y")] }],
        service: [serviceInit("S", ".x.X")],
      },
      { name: "y.proto", package: "y", messageType: [{ name: "Y", field: [messageField("x", 1, ".x.X")] }] },
      { name: "z.proto", package: "z", messageType: [{ name: "Z" }], service: [serviceInit("S", ".z.Z")] },
    ]);
    expect(problemOf(built, "x.S")).toContain("cannot call x.S/Call");
    expect(problemOf(built, "z.S")).toBe("");
  });

  test("leaves messages of one file that need each other as they are", () => {
    const tree = {
      name: "t.proto",
      messageType: [
        { name: "A", field: [messageField("b", 1, ".B")] },
        { name: "B", field: [messageField("a", 1, ".A")] },
      ],
    };
    const built = buildFiles([tree]);
    expect(fileNames(built)).toEqual(["t.proto"]);
    expect(built.sources[0]?.notes).toEqual([]);
  });
});

describe("buildSchema() with what is missing", () => {
  const broken = {
    name: "broken.proto",
    package: "b",
    dependency: ["gone.proto"],
    messageType: [
      { name: "Inner", field: [messageField("lost", 1, ".gone.Lost")] },
      { name: "Outer", field: [messageField("inner", 1, ".b.Inner"), stringField("text", 2)] },
      { name: "Sound", field: [stringField("text", 1)] },
    ],
    service: [
      {
        name: "Half",
        method: [
          { name: "Bad", inputType: ".b.Outer", outputType: ".b.Sound" },
          { name: "Good", inputType: ".b.Sound", outputType: ".b.Sound" },
        ],
      },
      serviceInit("Whole", ".b.Sound"),
    ],
  };
  const problem =
    'cannot call b.Half/Bad: type "gone.Lost" (field "b.Inner.lost") is missing; add "gone.proto", which should declare it, as a source';

  test("names the type, the field, the method and the file that would mend it", () => {
    expect(problemOf(buildFiles([broken]), "b.Half")).toBe(problem);
  });

  test("keeps the methods and services that don't need it", () => {
    const built = buildFiles([broken]);
    expect(built.registry.getService("b.Half")?.methods.map(({ name }) => name)).toEqual(["Good"]);
    expect(problemOf(built, "b.Whole")).toBe("");
  });

  test("takes a placeholder as missing", () => {
    const built = buildFiles([broken, { name: "gone.proto", syntax: "<unknown:0>" }]);
    expect(problemOf(built, "b.Half")).toBe(problem);
    expect(built.sources[0]?.notes).toContain('"gone.proto": came empty, which counts as missing');
  });

  test("is mended by a source that has the file", () => {
    const gone = sourceOf([{ name: "elsewhere.proto", package: "gone", messageType: [{ name: "Lost" }] }], {
      id: "b",
      label: "b",
    });
    const built = load(buildSchema([sourceOf([broken]), gone]));
    expect(built.services.map(({ problem: text }) => text)).toEqual(["", ""]);
  });

  test("tells of a method whose message is missing", () => {
    const built = buildFiles([{ name: "s.proto", service: [serviceInit("S", ".gone.In", ".gone.Out")] }]);
    expect(problemOf(built, "S")).toBe(
      'cannot call S/Call: type "gone.In" (input) is missing; add the .proto file that declares it, as a source',
    );
    expect(built.registry.getService("S")).toBeUndefined();
  });

  test("tells of a map whose values are missing", () => {
    const entry = {
      name: "ByNameEntry",
      options: { mapEntry: true },
      field: [stringField("key", 1), messageField("value", 2, ".gone.Lost")],
    };
    const input = {
      name: "Input",
      nestedType: [entry],
      field: [messageField("by_name", 1, ".Input.ByNameEntry", { label: FieldDescriptorProto_Label.REPEATED })],
    };
    const built = buildFiles([{ name: "s.proto", messageType: [input], service: [serviceInit("S", ".Input")] }]);
    expect(problemOf(built, "S")).toContain('type "gone.Lost" (field "Input.ByNameEntry.value") is missing');
  });

  test("lists a service that nothing describes, with the source's reason", () => {
    const built = buildFiles([request, service], {
      listed: ["s.S", "grpc.reflection.v1.ServerReflection", "ghost.Service"],
      reasons: new Map([["ghost.Service", "the target lists it, but doesn't describe it"]]),
    });
    expect(built.services).toEqual([
      { name: "s.S", sourceId: "a", problem: "" },
      { name: "grpc.reflection.v1.ServerReflection", sourceId: "a", problem: "" },
      {
        name: "ghost.Service",
        sourceId: "a",
        problem:
          "cannot call ghost.Service: the target lists it, but doesn't describe it; add the .proto file that declares it, as a source",
      },
    ]);
    expect(built.registry.getService("grpc.reflection.v1.ServerReflection")).toBeDefined();
  });

  test("drops an extension of a message that is missing", () => {
    const built = buildFiles([
      { ...request, extension: [stringField("more", 1000, { extendee: ".gone.Options" })] },
      service,
    ]);
    expect(built.registry.getExtension("r.more")).toBeUndefined();
    expect(problemOf(built, "s.S")).toBe("");
  });
});

describe("buildSchema() with what is odd", () => {
  test("reads a file of an unknown syntax by what it uses", () => {
    const built = buildFiles([
      { ...request, syntax: "proto9" },
      {
        name: "two.proto",
        syntax: "proto9",
        messageType: [{ name: "Two", field: [stringField("must", 1, { label: FieldDescriptorProto_Label.REQUIRED })] }],
      },
    ]);
    expect([...built.registry.files].map(({ proto }) => proto.syntax)).toEqual(["proto3", "proto2"]);
    expect(built.sources[0]?.notes).toContain('"r.proto" has the unknown syntax "proto9"; it is read as proto3');
  });

  test.each([Edition.EDITION_2023, Edition.EDITION_2024])("keeps edition %d", (edition) => {
    const built = buildFiles([{ ...request, syntax: "editions", edition }]);
    expect(built.registry.getFile("r.proto")?.edition).toBe(edition);
    expect(built.sources[0]?.notes).toEqual([]);
  });

  test("reads an edition of the future as the latest that is known", () => {
    const built = buildFiles([{ ...request, syntax: "editions", edition: 5_000 as Edition }]);
    expect(built.sources[0]?.notes[0]).toMatch(
      /^"r\.proto" is of an edition that isn't known here; it is read as edition 20\d\d$/,
    );
  });

  test("works out the JSON names of fields that have none", () => {
    const built = buildFiles([
      { ...request, messageType: [{ name: "Request", field: [stringField("two_words", 1, { jsonName: "" })] }] },
    ]);
    const message = built.registry.getMessage("r.Request");
    expect(message?.fields[0]?.jsonName).toBe("twoWords");
    expect(message && fromJson(message, { twoWords: "x" })).toMatchObject({ twoWords: "x" });
  });

  test("resolves names that are relative, and kinds that aren't told", () => {
    const a = {
      name: "A",
      nestedType: [{ name: "B" }],
      field: [
        { name: "b", number: 1, typeName: "B" },
        { name: "e", number: 2, typeName: "E" },
      ],
    };
    const built = buildFiles([
      {
        name: "a.proto",
        package: "p.q",
        messageType: [a],
        enumType: [{ name: "E", value: [{ name: "E_ZERO", number: 0 }] }],
      },
    ]);
    expect(
      built.registry
        .getMessage("p.q.A")
        ?.fields.map(({ message, enum: enumeration }) => (message ?? enumeration)?.typeName),
    ).toEqual(["p.q.A.B", "p.q.E"]);
  });

  test("keeps an object's own names as those of files, messages, fields, enums, services and keys", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const files = names.map((name, index) => {
      const entry = {
        name: "MapEntry",
        options: { mapEntry: true },
        field: [stringField("key", 1), stringField("value", 2)],
      };
      const field = [
        stringField(name, 1),
        messageField("map", 2, `.p${index}.${name}.MapEntry`, { label: FieldDescriptorProto_Label.REPEATED }),
      ];
      return {
        name,
        package: `p${index}`,
        messageType: [{ name, field, nestedType: [entry] }],
        enumType: [{ name: `${name}_enum`, value: [{ name: `${name}_value`, number: 0 }] }],
        service: [
          {
            name: `${name}_service`,
            method: [{ name, inputType: `.p${index}.${name}`, outputType: `.p${index}.${name}` }],
          },
        ],
      };
    });
    const built = buildFiles(files);
    expect(fileNames(built)).toEqual(names);
    expect([...built.sourceIdByFile.keys()]).toEqual(names);
    expect(built.services.map(({ problem }) => problem)).toEqual(["", "", "", ""]);
    expect(built.registry.getMessage("p0.__proto__")?.fields.map(({ name }) => name)).toEqual(["__proto__", "map"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("leaves out names that can't be, numbers that can't be and what is declared twice", () => {
    const field = [
      stringField("a", 1),
      stringField("b", 1),
      stringField("c", 0),
      stringField("not a name", 4),
      stringField("a", 5),
    ];
    const built = buildFiles([
      {
        name: "a.proto",
        messageType: [{ name: "A", field }, { name: "A" }, { name: "no.name" }],
        service: [{ name: "<img>" }],
      },
    ]);
    expect(built.registry.getMessage("A")?.fields.map(({ name }) => name)).toEqual(["a", "field_4"]);
    expect(problemOf(built, "<img>")).toContain("cannot call <img>");
    expect(built.sources[0]?.notes).toHaveLength(2);
  });

  test("clears defaults that aren't of the field's type", () => {
    const type = FieldDescriptorProto_Type.INT64;
    const built = buildFiles([
      {
        name: "a.proto",
        syntax: "proto2",
        messageType: [{ name: "A", field: [stringField("n", 1, { type, defaultValue: "many" })] }],
      },
    ]);
    expect(built.registry.getMessage("A")?.fields[0]?.proto.defaultValue).toBe("");
  });

  test("leaves out bytes that are no file, and files nested without end", () => {
    let nested = create(FileDescriptorProtoSchema, { messageType: [{ name: "M" }] }).messageType;
    for (let depth = 0; depth < 200; depth++) {
      nested = create(FileDescriptorProtoSchema, { messageType: [{ name: "M", nestedType: nested }] }).messageType;
    }
    const deep = toBinary(
      FileDescriptorProtoSchema,
      create(FileDescriptorProtoSchema, { name: "deep.proto", messageType: nested }),
    );
    const source = sourceOf([service, request]);
    const built = load(buildSchema([{ ...source, files: [new Uint8Array([0xff]), deep, ...source.files] }]));
    expect(fileNames(built)).toEqual(["r.proto", "s.proto"]);
    expect(built.sources[0]).toMatchObject({ fileCount: 2, notes: ["file 1 and 1 other can't be read"] });
  });
});
