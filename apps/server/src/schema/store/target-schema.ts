import type { BuiltService } from "../build-schema.ts";
import type { StoredSource } from "./stored-source.ts";

/** The schema of a target. */
export interface TargetSchema {
  /** Changes with every change of `descriptors`. */
  readonly revision: string;
  /** A serialized `google.protobuf.FileDescriptorSet`: every file after those that it imports. */
  readonly descriptors: Uint8Array;
  /** The services that the sources list, broken ones among them. */
  readonly services: readonly BuiltService[];
  /** The sources in their order. */
  readonly sources: readonly SourceState[];
  /** The id of each file's source, by the file's name; `built-in` for what came with the program. */
  readonly sourceIdByFile: ReadonlyMap<string, string>;
  /** When it was put together, in milliseconds since 1970. */
  readonly createTime: number;
}

/** A source, and what became of it. */
export interface SourceState extends StoredSource {
  /** What is wrong with the whole source, and what would mend it; empty where nothing is. */
  readonly problem: string;
  /** For reflection, the version that answered; empty otherwise. */
  readonly version: string;
  readonly fileCount: number;
}
