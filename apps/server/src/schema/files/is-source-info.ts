import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** `google.protobuf.SourceCodeInfo.location`. */
const locationField = 1;
/** Of a location: `path` and `span`, both packed. */
const packedFields: ReadonlySet<number> = new Set([1, 2]);
/** Of a location: its comments. */
const textFields: ReadonlySet<number> = new Set([3, 4, 6]);

/** The longest encoding of a varint, in bytes (https://protobuf.dev/programming-guides/encoding/#varints). */
const maxVarintBytes = 10;

/**
 * Whether bytes are a serialized `google.protobuf.SourceCodeInfo`. It looks at every field without making an object of
 * any, since these are most of a file.
 */
export function isSourceInfo(serialized: Uint8Array): boolean {
  try {
    const reader = new BinaryReader(serialized);
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      if (field !== locationField) {
        reader.skip(wireType, field);
      } else if (wireType !== WireType.LengthDelimited || !isLocation(reader.bytes())) {
        return false;
      }
    }
    return true;
  } catch {
    return false;
  }
}

function isLocation(serialized: Uint8Array): boolean {
  const reader = new BinaryReader(serialized);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const isPacked = packedFields.has(field);
    if (!isPacked && !textFields.has(field)) {
      reader.skip(wireType, field);
    } else if (isPacked && wireType === WireType.Varint) {
      reader.int32();
    } else if (wireType !== WireType.LengthDelimited || (isPacked && !areVarints(reader.bytes()))) {
      return false;
    } else if (!isPacked) {
      reader.bytes();
    }
  }
  return true;
}

function areVarints(bytes: Uint8Array): boolean {
  let length = 0;
  for (const byte of bytes) {
    length = byte < 0x80 ? 0 : length + 1;
    if (length >= maxVarintBytes) {
      return false;
    }
  }
  return length === 0;
}
