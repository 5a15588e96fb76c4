import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** `google.protobuf.FileDescriptorSet.file`. */
const FILE_FIELD = 1;

/** Makes a serialized `google.protobuf.FileDescriptorSet` of serialized files, in their order and with the very bytes. */
export function serializeDescriptorSet(files: Iterable<Uint8Array>): Uint8Array {
  const writer = new BinaryWriter();
  for (const file of files) {
    writer.tag(FILE_FIELD, WireType.LengthDelimited).bytes(file);
  }
  return writer.finish();
}
