import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createFileRegistry, type DescMessage, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const richProto = `
  syntax = "proto3";
  package rich;
  import "google/protobuf/any.proto";
  import "google/protobuf/duration.proto";
  import "google/protobuf/field_mask.proto";
  import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto";
  import "google/protobuf/wrappers.proto";

  enum Color { COLOR_UNSPECIFIED = 0; COLOR_RED = 1; COLOR_BLUE = 2; }
  message Rich {
    double double_field = 1; float float_field = 2;
    int32 int32_field = 3; int64 int64_field = 4; uint32 uint32_field = 5; uint64 uint64_field = 6;
    sint32 sint32_field = 7; sint64 sint64_field = 8; fixed32 fixed32_field = 9; fixed64 fixed64_field = 10;
    sfixed32 sfixed32_field = 11; sfixed64 sfixed64_field = 12;
    bool bool_field = 13; string string_field = 14; bytes bytes_field = 15; Color color = 16;
    Rich child = 17; optional int32 maybe = 18;
    repeated int64 longs = 19; repeated Color colors = 20; repeated Rich children = 21; repeated bytes blobs = 22;
    map<string, Rich> by_name = 23; map<int32, string> by_int32 = 24; map<int64, string> by_int64 = 25;
    map<uint32, string> by_uint32 = 26; map<uint64, int64> by_uint64 = 27; map<bool, Color> by_bool = 28;
    map<sint64, double> by_sint64 = 36; map<fixed64, bytes> by_fixed64 = 37;
    oneof choice { string text = 29; int64 number = 30; Rich nested = 31; Color tint = 32;
      google.protobuf.NullValue nothing = 33; }
    string renamed = 34 [json_name = "otherName"];
    google.protobuf.Timestamp at = 40; google.protobuf.Duration took = 41; google.protobuf.FieldMask mask = 42;
    google.protobuf.Struct object = 43; google.protobuf.Value value = 44; google.protobuf.ListValue list = 45;
    google.protobuf.Any any = 46; google.protobuf.Int64Value wrapped_long = 47;
    google.protobuf.StringValue wrapped_string = 48; google.protobuf.BytesValue wrapped_bytes = 49;
    google.protobuf.FloatValue wrapped_float = 50; google.protobuf.BoolValue wrapped_bool = 51;
    repeated google.protobuf.Value values = 52; map<string, google.protobuf.Value> value_by_name = 53;
  }
`;

/** Compiles a schema with every kind of field, for tests. */
export function compileRichSchema(): { readonly registry: FileRegistry; readonly rich: DescMessage } {
  const directory = mkdtempSync(join(tmpdir(), "switchboard-schema-"));
  try {
    writeFileSync(join(directory, "buf.yaml"), "version: v2\n");
    writeFileSync(join(directory, "rich.proto"), richProto);
    const buf = fileURLToPath(new URL("../../../../../../node_modules/.bin/buf", import.meta.url));
    const bytes = execFileSync(buf, ["build", "-o", "-#format=binpb", "--as-file-descriptor-set"], { cwd: directory });
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
    const rich = registry.getMessage("rich.Rich");
    if (rich === undefined) {
      throw new Error("the schema has no message rich.Rich");
    }
    return { registry, rich };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
