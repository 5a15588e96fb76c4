import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** `google.protobuf.FileDescriptorSet.file`. */
const FILE_FIELD = 1;

/**
 * Splits a serialized `google.protobuf.FileDescriptorSet` into its files, each with the very bytes that the compiler
 * wrote: decoding and encoding a file again could change it.
 *
 * @throws Error when the bytes are not a message.
 */
export function splitDescriptorSet(set: Uint8Array): Uint8Array[] {
  const reader = new BinaryReader(set);
  const files: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === FILE_FIELD && wireType === WireType.LengthDelimited) {
      files.push(reader.bytes());
    } else {
      reader.skip(wireType, field);
    }
  }
  return files;
}
