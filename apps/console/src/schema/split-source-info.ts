import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** One file of a descriptor set, its comments apart from its definitions. Both share the memory of the whole. */
export interface SplitFile {
  /** A serialized `google.protobuf.FileDescriptorProto` without source info. */
  readonly definitions: readonly Uint8Array[];
  /** A serialized `google.protobuf.SourceCodeInfo`; empty where the file has none. */
  readonly sourceInfo: readonly Uint8Array[];
}

/** The field of `FileDescriptorSet` that holds files, and that of `FileDescriptorProto` that holds source info. */
const fileField = 1;
const sourceInfoField = 9;

/**
 * Parts the files of a serialized `google.protobuf.FileDescriptorSet` from their source info, which makes up most of a
 * commented schema and is seldom needed, without decoding either. Parts that belong together are to be put one after the
 * other.
 *
 * @throws Error when the bytes are not such a set
 */
export function splitSourceInfo(descriptorSet: Uint8Array): SplitFile[] {
  const reader = new BinaryReader(descriptorSet);
  const files: SplitFile[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === fileField && type === WireType.LengthDelimited) {
      files.push(splitFile(reader.bytes()));
    } else {
      reader.skip(type, field);
    }
  }
  return files;
}

function splitFile(file: Uint8Array): SplitFile {
  const reader = new BinaryReader(file);
  const definitions: Uint8Array[] = [];
  const sourceInfo: Uint8Array[] = [];
  let kept = 0;
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const [field, type] = reader.tag();
    if (field === sourceInfoField && type === WireType.LengthDelimited) {
      definitions.push(file.subarray(kept, from));
      sourceInfo.push(reader.bytes());
      kept = reader.pos;
    } else {
      reader.skip(type, field);
    }
  }
  definitions.push(file.subarray(kept));
  return { definitions, sourceInfo };
}
