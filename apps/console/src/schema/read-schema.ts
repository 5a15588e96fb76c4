import {
  create,
  createFileRegistry,
  createRegistry,
  type DescService,
  fromBinary,
  mergeFromBinary,
} from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { ListedService, Source } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { createCommentIndex } from "./comments.ts";
import { type SplitFile, splitSourceInfo } from "./split-source-info.ts";
import {
  type BrokenService,
  createTargetSchema,
  type ServiceGroup,
  type TargetSchema,
  type TargetSchemaParts,
} from "./target-schema.ts";
import { commonTypes } from "./type-registry.ts";

/** What the server tells of a target's schema beside its descriptors. */
export interface SchemaListing {
  readonly target: string;
  readonly revision: string;
  readonly services: readonly ListedService[];
  readonly sources: readonly Source[];
  /** The source of each file, by the file's name. */
  readonly sourceIdByFile: ReadonlyMap<string, string>;
}

/** A target's schema as the server answers it. */
export interface SchemaAnswer extends SchemaListing {
  /** A serialized `google.protobuf.FileDescriptorSet`, every file after those that it imports. */
  readonly descriptors: Uint8Array;
}

/** After so long, reading lets the page do other things: a frame. */
const sliceMs = 12;

/**
 * Reads a schema, in slices, so that the page goes on answering. Comments are read when they are asked for.
 *
 * @param rest lets the page do what waits, and resolves behind that
 * @throws Error when the descriptors are none, or don't fit together
 */
export async function readSchema(answer: SchemaAnswer, rest: () => Promise<void>): Promise<TargetSchema> {
  const set = create(FileDescriptorSetSchema);
  const sourceInfo = new Map<string, readonly Uint8Array[]>();
  let sliceEnd = performance.now() + sliceMs;
  for (const file of splitSourceInfo(answer.descriptors)) {
    const definitions = readFile(file);
    set.file.push(definitions);
    sourceInfo.set(definitions.name, file.sourceInfo);
    if (performance.now() > sliceEnd) {
      await rest();
      sliceEnd = performance.now() + sliceMs;
    }
  }
  const files = createFileRegistry(set);
  return list(answer, { registry: createRegistry(commonTypes, files), comments: createCommentIndex(sourceInfo) });
}

/** A schema of the same descriptors, whose services and sources are told anew. */
export function relistSchema(known: TargetSchema, listing: SchemaListing): TargetSchema {
  return list(listing, { registry: known.registry, comments: known });
}

function list(
  { target, revision, services, sources, sourceIdByFile }: SchemaListing,
  { registry, comments }: Pick<TargetSchemaParts, "registry" | "comments">,
): TargetSchema {
  const groups = groupServices(services, (name) => registry.getService(name));
  return createTargetSchema({ target, revision, groups, registry, sources, sourceIdByFile, comments });
}

function readFile({ definitions: [first = new Uint8Array(), ...others] }: SplitFile): FileDescriptorProto {
  const file = fromBinary(FileDescriptorProtoSchema, first);
  for (const part of others) {
    mergeFromBinary(FileDescriptorProtoSchema, file, part);
  }
  return file;
}

/** Services that servers have for tools rather than for their own sake. */
const infrastructure = /^grpc\.(?:health|reflection|channelz|admin|binarylog)\./;

/** The listed services in their order, each once; what can be called comes before what two sources disagree about. */
function groupServices(
  listed: readonly ListedService[],
  find: (name: string) => DescService | undefined,
): readonly ServiceGroup[] {
  const services = new Map<string, DescService>();
  const broken = new Map<string, BrokenService>();
  for (const { name, problem } of listed) {
    const service = problem === "" ? find(name) : undefined;
    if (service !== undefined) {
      services.set(name, service);
    } else if (!broken.has(name)) {
      broken.set(name, { name, problem });
    }
  }
  const isInfrastructure = (name: string) => infrastructure.test(name);
  const group = (key: ServiceGroup["key"], belongs: (name: string) => boolean): ServiceGroup => ({
    key,
    services: [...services.values()].filter(({ typeName }) => belongs(typeName)),
    broken: [...broken.values()].filter(({ name }) => belongs(name) && !services.has(name)),
  });
  return [group("services", (name) => !isInfrastructure(name)), group("infrastructure", isInfrastructure)].filter(
    ({ services: callable, broken: others }) => callable.length + others.length > 0,
  );
}
