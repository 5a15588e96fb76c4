import { readFileSync } from "node:fs";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema, SourceCodeInfoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { splitSourceInfo } from "./split-source-info.ts";

const bytes = readFileSync(new URL("../../../../proto/gen/descriptors.binpb", import.meta.url));

describe("splitSourceInfo()", () => {
  it("parts each file into definitions and source info, and loses nothing", () => {
    const whole = fromBinary(FileDescriptorSetSchema, bytes).file;
    const parts = splitSourceInfo(bytes);
    expect(parts).toHaveLength(whole.length);
    parts.forEach(({ definitions, sourceInfo }, at) => {
      const file = fromBinary(FileDescriptorProtoSchema, Buffer.concat(definitions));
      expect(file.sourceCodeInfo).toBeUndefined();
      file.sourceCodeInfo = fromBinary(SourceCodeInfoSchema, Buffer.concat(sourceInfo));
      expect(file).toEqual(whole[at]);
    });
  });

  it("passes over fields that it doesn't know", () => {
    const file = toBinary(FileDescriptorProtoSchema, fromBinary(FileDescriptorProtoSchema, new Uint8Array()));
    const set = Buffer.concat([Buffer.from([0x10, 0x07]), Buffer.from([0x0a, file.length]), file]);
    expect(splitSourceInfo(set)).toHaveLength(1);
  });

  it.each([[0x0a, 0x7f], [0x0a, 0x02, 0x4a, 0x7f], [0xff]])("throws for %j, which ends too early", (...broken) => {
    expect(() => splitSourceInfo(new Uint8Array(broken))).toThrow();
  });
});
