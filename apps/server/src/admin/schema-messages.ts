import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import {
  type GetSchemaResponseSchema,
  Source_Kind,
  type SourceSchema,
} from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import type { SourceState, TargetSchema } from "../schema/store/target-schema.ts";

const kinds = {
  reflection: Source_Kind.REFLECTION,
  "proto-files": Source_Kind.PROTO_FILES,
  descriptors: Source_Kind.DESCRIPTORS,
} as const;

/**
 * Writes a schema as a message.
 *
 * @param knownRevision the revision that the caller has
 */
export function writeSchema(
  schema: TargetSchema,
  knownRevision: string,
): MessageInitShape<typeof GetSchemaResponseSchema> {
  return {
    revision: schema.revision,
    descriptors: schema.revision === knownRevision ? undefined : schema.descriptors,
    services: schema.services.map(({ name, sourceId, problem }) => ({ name, sourceId, problem })),
    sources: schema.sources.map(writeSource),
    // Made of entries, so that even a file named `__proto__` is one.
    sourceIdByFile: Object.fromEntries(schema.sourceIdByFile),
    createTime: timestampFromMs(schema.createTime),
  };
}

/** Writes a source as a message. */
export function writeSource(source: SourceState): MessageInitShape<typeof SourceSchema> {
  const { id, kind, label, problem, notes, version, fileCount } = source;
  return { id, kind: kinds[kind], label, problem, notes: [...notes], version, fileCount };
}
