import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { type CommentIndex, createCommentIndex } from "./comments.ts";
import { splitSourceInfo } from "./split-source-info.ts";

/** The comments of a serialized `google.protobuf.FileDescriptorSet` with source info. Throws what isn't one. */
export function readLocalComments(descriptorSet: Uint8Array): CommentIndex {
  const files = splitSourceInfo(descriptorSet);
  return createCommentIndex(
    new Map(
      files.map(({ definitions, sourceInfo }) => [
        definitions.map((part) => fromBinary(FileDescriptorProtoSchema, part).name).join(""),
        sourceInfo,
      ]),
    ),
  );
}
