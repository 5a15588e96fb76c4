import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { isSourceInfo } from "./is-source-info.ts";

/**
 * A proto file, taken apart only as far as is needed: comments and positions are three quarters of most files and stay
 * serialized.
 */
export interface SchemaFile {
  /** The file without `source_code_info`. Only `createFileEditor` may change it. */
  readonly proto: FileDescriptorProto;
  /** `proto` as it was serialized. */
  readonly bytes: Uint8Array;
  /** The serialized `google.protobuf.SourceCodeInfo`; undefined where the file has none that can be parsed. */
  readonly sourceInfo: Uint8Array | undefined;
}

/** `google.protobuf.FileDescriptorProto.source_code_info`. */
const SOURCE_CODE_INFO_FIELD = 9;

/**
 * Parses a serialized `google.protobuf.FileDescriptorProto`.
 *
 * @throws Error when the bytes are not such a message, or nested deeper than 100 levels.
 */
export function parseSchemaFile(serialized: Uint8Array): SchemaFile {
  const { rest, sourceInfo } = partSourceInfo(serialized);
  return { proto: fromBinary(FileDescriptorProtoSchema, rest), bytes: rest, sourceInfo };
}

/** Makes a file of a descriptor that was put together here. */
export function schemaFileOf(proto: FileDescriptorProto, sourceInfo?: Uint8Array): SchemaFile {
  return { proto, bytes: toBinary(FileDescriptorProtoSchema, proto), sourceInfo };
}

/** Serializes a file, its comments and positions among it. */
export function serializeSchemaFile({ bytes, sourceInfo }: SchemaFile): Uint8Array {
  if (sourceInfo === undefined) {
    return bytes;
  }
  return new BinaryWriter().raw(bytes).tag(SOURCE_CODE_INFO_FIELD, WireType.LengthDelimited).bytes(sourceInfo).finish();
}

/** Parts the bytes of `source_code_info` from the others. What comes in several pieces is joined, as a parser would. */
function partSourceInfo(serialized: Uint8Array): { rest: Uint8Array; sourceInfo: Uint8Array | undefined } {
  const reader = new BinaryReader(serialized);
  const rest: Uint8Array[] = [];
  const infos: Uint8Array[] = [];
  let start = 0;
  while (reader.pos < reader.len) {
    const tagAt = reader.pos;
    const [field, wireType] = reader.tag();
    if (field === SOURCE_CODE_INFO_FIELD && wireType === WireType.LengthDelimited) {
      rest.push(serialized.subarray(start, tagAt));
      infos.push(reader.bytes());
      start = reader.pos;
    } else {
      reader.skip(wireType, field);
    }
  }
  if (infos.length === 0) {
    return { rest: serialized, sourceInfo: undefined };
  }
  rest.push(serialized.subarray(start));
  const sourceInfo = Buffer.concat(infos);
  return { rest: Buffer.concat(rest), sourceInfo: isSourceInfo(sourceInfo) ? sourceInfo : undefined };
}
