import { isDeepStrictEqual } from "node:util";

/** The id of the target's own answers among its sources. */
export const reflectionSourceId = "reflection";

/** A source as it is kept: what a person gave, or that the target itself is asked. */
export interface StoredSource {
  /** `reflection`, or one of its own. */
  readonly id: string;
  readonly kind: "reflection" | "proto-files" | "descriptors";
  /** The name of the folder or file that was given. */
  readonly label: string;
  /** What was noted when it was added. */
  readonly notes: readonly string[];
}

/** The source by which a target itself is asked. */
export const reflectionSource: StoredSource = Object.freeze({
  id: reflectionSourceId,
  kind: "reflection",
  label: "",
  notes: [],
});

/** The form of the list of sources. A later form gets a later number. */
const formatVersion = 1;

/** Writes a target's sources as JSON. */
export function encodeSources(sources: readonly StoredSource[]): string {
  return `${JSON.stringify({ version: formatVersion, sources }, undefined, 2)}\n`;
}

/** Reads what `encodeSources` wrote; undefined where it is something else. */
export function decodeSources(text: string): StoredSource[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.version !== formatVersion || !Array.isArray(value.sources)) {
    return undefined;
  }
  const sources = value.sources.filter(isStoredSource);
  const ids = new Set(sources.map(({ id }) => id));
  return sources.length === value.sources.length && ids.size === sources.length ? sources : undefined;
}

/** The ids that `createSourceId` makes: they are names of files. */
const idPattern = /^[a-z0-9-]{1,64}$/;

function isStoredSource(value: unknown): value is StoredSource {
  if (!isRecord(value) || !isDeepStrictEqual(Object.keys(value).sort(), ["id", "kind", "label", "notes"])) {
    return false;
  }
  const { id, kind, label, notes } = value;
  const isOfKind = id === reflectionSourceId ? kind === "reflection" : kind === "proto-files" || kind === "descriptors";
  return (
    typeof id === "string" &&
    idPattern.test(id) &&
    isOfKind &&
    typeof label === "string" &&
    Array.isArray(notes) &&
    notes.every((note) => typeof note === "string")
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
