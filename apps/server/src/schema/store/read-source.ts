import { ConnectError } from "@connectrpc/connect";
import { type ReflectedSchema, readReflection } from "../reflection/read-reflection.ts";
import type { ReflectionConnection } from "../reflection/reflection-stream.ts";
import type { SchemaSource } from "../schema-source.ts";
import { splitDescriptorSet } from "../split-descriptor-set.ts";
import type { SourceFolder } from "./source-folder.ts";
import { reflectionSourceId, type StoredSource } from "./stored-source.ts";

/** A target whose schema is wanted. */
export interface SchemaTarget {
  /** Another object where the target's settings have changed, so that it has to be asked again. */
  readonly identity: object;
  /** Connects to the target's reflection. Rejects with a ConnectError where it can't be reached. */
  openReflection(signal: AbortSignal): Promise<ReflectionConnection>;
}

/** A source's content. */
export interface ReadSource {
  readonly stored: StoredSource;
  readonly source: SchemaSource;
  readonly problem: string;
  readonly version: string;
  readonly notes: readonly string[];
}

/** Asks a target for its schema. What goes wrong is told as the source's problem; it rejects with the signal's reason. */
export async function reflect(target: SchemaTarget, signal: AbortSignal): Promise<ReflectedSchema> {
  let connection: ReflectionConnection;
  try {
    connection = await target.openReflection(signal);
  } catch (error) {
    signal.throwIfAborted();
    const problem = ConnectError.from(error).rawMessage;
    return { version: "", services: [], files: [], reasons: new Map(), notes: [], problem };
  }
  return readReflection(connection, { signal });
}

/** What a target told, as a source. */
export function sourceOfReflection(stored: StoredSource, reflected: ReflectedSchema): ReadSource {
  const { files, services, reasons, problem, version, notes } = reflected;
  const source = { id: reflectionSourceId, label: "the target's reflection", files, listed: services, reasons };
  return { stored, source, problem, version, notes };
}

/** Reads a source that is kept. What is missing or broken is told as the source's problem. */
export async function readStored(folder: SourceFolder, target: string, stored: StoredSource): Promise<ReadSource> {
  const { id, label, notes } = stored;
  const descriptors = await folder.read(target, id);
  const files = descriptors === undefined ? undefined : split(descriptors);
  const source = { id, label, files: files ?? [], listed: undefined, reasons: new Map() };
  const problem = files === undefined ? "its file in the data directory is missing or broken; add it again" : "";
  return { stored, source, problem, version: "", notes };
}

function split(descriptors: Uint8Array): Uint8Array[] | undefined {
  try {
    return splitDescriptorSet(descriptors);
  } catch {
    return undefined;
  }
}
