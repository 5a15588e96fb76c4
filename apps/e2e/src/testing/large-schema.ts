import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const files = 100;
const typesPerFile = 50;
const methodsPerFile = 20;

/**
 * A serialized `FileDescriptorSet` of 5,000 commented types in 100 files, 7 MB, and 2,000 methods:
 * `large.p7.Service7/Method3`.
 */
export function largeSchema(): Uint8Array {
  const file = Array.from({ length: files }, (_, at) => largeFile(at));
  return toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file }));
}

/** A file of 50 commented messages with ten fields each, and a service of 20 methods. */
function largeFile(at: number): MessageInitShape<typeof FileDescriptorProtoSchema> {
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
  const scope = `large.p${at}`;
  const comment = "which says something of some length about it, as comments of real schemas do";
  return {
    name: `large/p${at}.proto`,
    package: scope,
    syntax: "proto3",
    messageType: numbers(typesPerFile).map((type) => ({
      name: `Message${type}`,
      field: numbers(10).map((field) => ({
        name: `field_${field}`,
        jsonName: `field${field}`,
        number: field + 1,
        label: 1,
        ...(field % 3 === 0 ? { type: 11, typeName: `.${scope}.Message${(type + 1) % typesPerFile}` } : { type: 9 }),
      })),
    })),
    service: [
      {
        name: `Service${at}`,
        method: numbers(methodsPerFile).map((method) => ({
          name: `Method${method}`,
          inputType: `.${scope}.Message${method}`,
          outputType: `.${scope}.Message${method + 1}`,
        })),
      },
    ],
    sourceCodeInfo: {
      location: numbers(typesPerFile).flatMap((type) =>
        numbers(10).map((field) => ({
          path: [4, type, 2, field],
          span: [type * 10 + field, 2, 40],
          leadingComments: ` The field ${field} of the message ${type} of ${scope}, ${comment}.\n`,
        })),
      ),
    },
  };
}
