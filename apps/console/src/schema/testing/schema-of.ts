import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { ListedServiceSchema, SourceSchema } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { readSchema, type SchemaAnswer } from "../read-schema.ts";
import type { TargetSchema } from "../target-schema.ts";

/** A file of a schema, as an object of its descriptor's fields. */
export type FileInit = MessageInitShape<typeof FileDescriptorProtoSchema>;

/** What the server would answer for these files: every service of theirs, from one source, `reflection`. */
export function answerOf(files: readonly FileInit[], rest: Partial<SchemaAnswer> = {}): SchemaAnswer {
  const set = create(FileDescriptorSetSchema, { file: [...files] });
  const services = set.file.flatMap((file) =>
    file.service.map(({ name }) =>
      create(ListedServiceSchema, { name: file.package === "" ? name : `${file.package}.${name}` }),
    ),
  );
  return {
    target: "test",
    revision: "1",
    descriptors: toBinary(FileDescriptorSetSchema, set),
    services,
    sources: [create(SourceSchema, { id: "reflection" })],
    sourceIdByFile: new Map(set.file.map(({ name }) => [name, "reflection"])),
    ...rest,
  };
}

/** The schema that the page makes of these files. */
export function schemaOf(files: readonly FileInit[], rest?: Partial<SchemaAnswer>): Promise<TargetSchema> {
  return readSchema(answerOf(files, rest), async () => {});
}
