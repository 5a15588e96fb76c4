import { create, fromJson } from "@bufbuild/protobuf";
import { AnySchema, FieldMaskSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { compileRichSchema } from "./testing/rich-schema.ts";
import { writeJson } from "./write-json.ts";

const { registry, rich } = compileRichSchema();

describe("writeJson()", () => {
  it("indents by two spaces, and leaves empty messages and lists in one line", () => {
    const message = fromJson(rich, { int64Field: "9007199254740993", child: {}, longs: [1, 2] });
    expect(writeJson(rich, message, { registry })).toBe(
      '{\n  "int64Field": "9007199254740993",\n  "child": {},\n  "longs": [\n    "1",\n    "2"\n  ]\n}',
    );
  });

  it("keeps the sign of zero", () => {
    expect(writeJson(rich, fromJson(rich, { doubleField: -0 }), { registry, indent: 0 })).toBe('{"doubleField":-0}');
  });

  it("writes defaults where they are asked for", () => {
    const text = writeJson(rich, create(rich), { registry, defaults: true });
    expect(JSON.parse(text)).toMatchObject({ int32Field: 0, stringField: "", longs: [], color: "COLOR_UNSPECIFIED" });
  });

  it("writes an Any of an unknown type with its bytes, and all around it as ever", () => {
    const any = create(AnySchema, { typeUrl: "x/no.Such", value: Uint8Array.of(1, 2) });
    const message = Object.assign(create(rich), { any, int64Field: 5n, bytesField: Uint8Array.of(255), maybe: 0 });
    expect(
      JSON.parse(
        writeJson(rich, Object.assign(create(rich), { child: message, byName: { a: message } }), { registry }),
      ),
    ).toEqual({
      child: { int64Field: "5", bytesField: "/w==", maybe: 0, any: { "@type": "x/no.Such", value: "AQI=" } },
      byName: { a: { int64Field: "5", bytesField: "/w==", maybe: 0, any: { "@type": "x/no.Such", value: "AQI=" } } },
    });
  });

  it("writes a time that is out of range field by field", () => {
    const at = create(TimestampSchema, { seconds: 10n ** 18n, nanos: 5 });
    expect(JSON.parse(writeJson(rich, Object.assign(create(rich), { at }), { registry }))).toEqual({
      at: { seconds: "1000000000000000000", nanos: 5 },
    });
  });

  it("writes a field mask that has no form", () => {
    const mask = create(FieldMaskSchema, { paths: ["a__b"] });
    expect(writeJson(rich, Object.assign(create(rich), { mask }), { registry, indent: 0 })).toBe(
      '{"mask":{"paths":["a__b"]}}',
    );
  });
});
