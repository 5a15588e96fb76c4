import type { AnyDesc, DescFile, DescMethod, DescService, Registry } from "@bufbuild/protobuf";
import type { Source } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import type { CommentIndex } from "./comments.ts";

/** Services that belong together in the tree. */
export interface ServiceGroup {
  /** A key of the language catalogues. */
  readonly key: "services" | "infrastructure";
  readonly services: readonly DescService[];
  /** Those that a source lists and that can't be called. */
  readonly broken: readonly BrokenService[];
}

/** A service that a source lists and that can't be called. */
export interface BrokenService {
  /** Its full name, as in `test.demo`. */
  readonly name: string;
  /** Why it can't be called and what would mend it, in the server's words; empty where those are missing. */
  readonly problem: string;
}

/** What is known of a target's methods and types. Frozen: a refresh makes a new one. */
export interface TargetSchema extends CommentIndex {
  /** The target's name. */
  readonly target: string;
  /** Changes with every change of the descriptors; empty for the built-in services. */
  readonly revision: string;
  readonly groups: readonly ServiceGroup[];
  /** The target's own types; the well-known ones and the error details, whether or not the target has them. */
  readonly registry: Registry;
  /** Where the symbols come from, the first before the others; none for the built-in services. */
  readonly sources: readonly Source[];
  /** A method by its service's full name and its own. */
  findMethod(service: string, method: string): DescMethod | undefined;
  findBroken(service: string): BrokenService | undefined;
  /** The source that a symbol comes from; undefined where none is known. */
  originOf(desc: AnyDesc & { readonly file: DescFile }): Source | undefined;
}

/** What a schema is put together from. */
export interface TargetSchemaParts {
  readonly target: string;
  readonly revision: string;
  readonly groups: readonly ServiceGroup[];
  readonly registry: Registry;
  readonly sources: readonly Source[];
  /** The source of each file, by the file's name. */
  readonly sourceIdByFile: ReadonlyMap<string, string>;
  readonly comments: CommentIndex;
}

/** Puts a schema together. */
export function createTargetSchema({ sourceIdByFile, comments, ...parts }: TargetSchemaParts): TargetSchema {
  const broken = new Map(parts.groups.flatMap((group) => group.broken.map((service) => [service.name, service])));
  const sourceById = new Map(parts.sources.map((source) => [source.id, source]));
  return {
    ...parts,
    findMethod: createMethodFinder(parts.groups),
    findBroken: (service) => broken.get(service),
    commentOf: comments.commentOf,
    originOf: ({ file }) => sourceById.get(sourceIdByFile.get(file.proto.name) ?? ""),
  };
}

/** Creates what finds a method by its service's full name, as in `test.demo`, and its own. */
export function createMethodFinder(
  groups: readonly ServiceGroup[],
): (service: string, method: string) => DescMethod | undefined {
  const services = new Map(groups.flatMap((group) => group.services.map((service) => [service.typeName, service])));
  return (service, method) => services.get(service)?.methods.find(({ name }) => name === method);
}
