import { createHash } from "node:crypto";
import { bundledFiles } from "./bundled-files.ts";
import { serializeSchemaFile } from "./files/schema-file.ts";
import { joinName } from "./files/type-names.ts";
import { type MergedFile, type MergedSource, mergeSources } from "./merge-sources.ts";
import { dropUnloadable } from "./repair/drop-unloadable.ts";
import { type Imports, importedFiles } from "./repair/plan-imports.ts";
import { repairSchema } from "./repair/repair-schema.ts";
import { bundledSourceId, type SchemaSource } from "./schema-source.ts";
import { serializeDescriptorSet } from "./serialize-descriptor-set.ts";

/** A schema that any reader of descriptors can load. */
export interface BuiltSchema {
  /** Changes with every change of `descriptors`. */
  readonly revision: string;
  /** A serialized `google.protobuf.FileDescriptorSet`: every file after those that it imports, with comments. */
  readonly descriptors: Uint8Array;
  /** The services that the sources list, in their order. */
  readonly services: readonly BuiltService[];
  /** What became of each source, in their order. */
  readonly sources: readonly BuiltSource[];
  /** The id of each file's source, by the file's name; `built-in` for what came with the program. */
  readonly sourceIdByFile: ReadonlyMap<string, string>;
}

/** A service of a schema. */
export interface BuiltService {
  /** Its full name. */
  readonly name: string;
  readonly sourceId: string;
  /** Why not all of its methods are in the schema, and what would mend it; empty where they are. */
  readonly problem: string;
}

/** What became of a source. */
export interface BuiltSource {
  readonly id: string;
  /** What was mended or left out on the way. */
  readonly notes: readonly string[];
  readonly fileCount: number;
}

/** How many hexadecimal digits of the hash stand for a schema. */
const revisionLength = 32;

/** Puts the sources of a target together to a schema that can be loaded, whatever is wrong with them. */
export function buildSchema(sources: readonly SchemaSource[]): BuiltSchema {
  const { fixed, fallback } = bundledFiles();
  const merged = mergeSources([bundled(fixed), ...sources, bundled(fallback)]);
  const repaired = repairSchema(merged);
  const problems = new Map(repaired.problems);
  const loadable = dropUnloadable(repaired.files, repaired.imports, problems);
  const own = merged.sources.filter(({ source }) => source.id !== bundledSourceId);
  const files = withoutUnused(loadable, repaired.imports, listedNames(own));
  const descriptors = serializeDescriptorSet(files.map(({ file }) => serializeSchemaFile(file)));
  return {
    revision: createHash("sha256").update(descriptors).digest("hex").slice(0, revisionLength),
    descriptors,
    services: listServices(own, files, problems),
    sources: own.map(({ source, notes, fileCount }) => ({ id: source.id, notes: notes.notes(), fileCount })),
    sourceIdByFile: new Map(files.map(({ file, source }) => [file.proto.name, source.source.id])),
  };
}

function bundled(files: readonly Uint8Array[]): SchemaSource {
  return { id: bundledSourceId, label: bundledSourceId, files, listed: [], reasons: new Map() };
}

function listedNames(sources: readonly MergedSource[]): Set<string> {
  return new Set(sources.flatMap(({ source, services }) => source.listed ?? services));
}

/** Leaves out the bundled files that nobody needs. */
function withoutUnused(files: readonly MergedFile[], imports: Imports, listed: ReadonlySet<string>): MergedFile[] {
  const used = new Set(
    files.filter(
      ({ file: { proto }, source }) =>
        source.source.id !== bundledSourceId ||
        proto.service.some(({ name }) => listed.has(joinName(proto.package, name))),
    ),
  );
  // The set grows while it is walked.
  for (const file of used) {
    for (const imported of importedFiles(imports, file)) {
      used.add(imported);
    }
  }
  return files.filter((file) => used.has(file));
}

function listServices(
  sources: readonly MergedSource[],
  files: readonly MergedFile[],
  problems: ReadonlyMap<string, string>,
): BuiltService[] {
  const declaring = new Map<string, string>();
  for (const { file, source } of files) {
    for (const { name } of file.proto.service) {
      declaring.set(joinName(file.proto.package, name), source.source.id);
    }
  }
  const services = new Map<string, BuiltService>();
  for (const { source, services: declared } of sources) {
    for (const name of source.listed ?? declared) {
      if (!services.has(name)) {
        const owner = declaring.get(name);
        const sourceId = owner === undefined || owner === bundledSourceId ? source.id : owner;
        const missing = owner === undefined ? missingService(name, source) : "";
        services.set(name, { name, sourceId, problem: problems.get(name) ?? missing });
      }
    }
  }
  return [...services.values()];
}

function missingService(name: string, { reasons }: SchemaSource): string {
  const reason = reasons.get(name) ?? "no file that could be read describes it";
  return `cannot call ${name}: ${reason}; add the .proto file that declares it, as a source`;
}
