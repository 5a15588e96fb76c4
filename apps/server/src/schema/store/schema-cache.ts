import type { ReflectedSchema } from "../reflection/read-reflection.ts";
import type { TargetSchema } from "./target-schema.ts";

/** What putting a schema together gives. */
export interface MadeSchema {
  readonly schema: TargetSchema;
  /** What the target told; undefined where it told nothing, or isn't among the sources. */
  readonly reflected: ReflectedSchema | undefined;
  /** Whether it is worth keeping: false where the target should have told its schema and could not. */
  readonly isWhole: boolean;
}

/** How a schema is asked for. */
export interface CacheRequest {
  /** Where it is another than before, nothing that was known of the target holds. */
  readonly identity: object;
  /** Whether the target is asked again. */
  readonly refresh: boolean;
  /** Puts the schema together, with what the target told before if it needn't be asked. */
  readonly run: (known: ReflectedSchema | undefined) => Promise<MadeSchema>;
}

/** Schemas in memory. Those that nobody asked for the longest go first. */
export interface SchemaCache {
  /** The schema that is known, or that comes of a run; those who ask meanwhile share one. A run that fails leaves what was. */
  get(name: string, request: CacheRequest): Promise<TargetSchema>;
  /** Has a target's schema put together afresh when it is next asked for, without asking the target. */
  expire(name: string): void;
  /** Forgets a target. */
  remove(name: string): void;
}

/** The most schemas that are kept, and the most bytes of their descriptors and of what they were made of. */
const defaultLimits = { maxSchemas: 32, maxBytes: 268_435_456 };

interface Entry {
  readonly identity: object;
  made: MadeSchema | undefined;
  isExpired: boolean;
  running: { readonly promise: Promise<TargetSchema>; readonly asksTarget: boolean } | undefined;
}

/** Creates an empty cache. */
export function createSchemaCache({ maxSchemas, maxBytes } = defaultLimits): SchemaCache {
  const entries = new Map<string, Entry>();

  function entryOf(name: string, identity: object): Entry {
    const known = entries.get(name);
    const entry =
      known?.identity === identity ? known : { identity, made: undefined, isExpired: false, running: undefined };
    // The order of the map is that of use.
    entries.delete(name);
    entries.set(name, entry);
    return entry;
  }

  function evict(latest: Entry): void {
    let bytes = 0;
    let count = 0;
    for (const [name, entry] of [...entries].reverse()) {
      bytes += sizeOf(entry.made);
      count++;
      if ((bytes > maxBytes || count > maxSchemas) && entry !== latest && entry.running === undefined) {
        entries.delete(name);
      }
    }
  }

  function start(entry: Entry, { refresh, run }: CacheRequest): Promise<TargetSchema> {
    const known = refresh ? undefined : entry.made?.reflected;
    entry.isExpired = false;
    const promise = run(known).then(
      (made) => {
        entry.running = undefined;
        entry.made = made;
        entry.isExpired ||= !made.isWhole;
        evict(entry);
        return made.schema;
      },
      (error: unknown) => {
        entry.running = undefined;
        entry.isExpired = true;
        throw error;
      },
    );
    entry.running = { promise, asksTarget: known === undefined };
    return promise;
  }

  async function get(name: string, request: CacheRequest): Promise<TargetSchema> {
    const entry = entryOf(name, request.identity);
    const { running, made } = entry;
    if (running === undefined) {
      return made === undefined || entry.isExpired || request.refresh ? start(entry, request) : made.schema;
    }
    if (!entry.isExpired && (running.asksTarget || !request.refresh)) {
      return running.promise;
    }
    // What is under way began before a change, or doesn't ask the target: another run follows it.
    await running.promise.catch(() => undefined);
    return get(name, request);
  }

  return {
    get,
    expire(name) {
      const entry = entries.get(name);
      if (entry !== undefined) {
        entry.isExpired = true;
      }
    },
    remove: (name) => {
      entries.delete(name);
    },
  };
}

function sizeOf(made: MadeSchema | undefined): number {
  if (made === undefined) {
    return 0;
  }
  return (made.reflected?.files ?? []).reduce((sum, file) => sum + file.length, made.schema.descriptors.length);
}
