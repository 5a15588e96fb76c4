import { randomBytes } from "node:crypto";
import { Code, ConnectError } from "@connectrpc/connect";
import { buildOffThread } from "./build-off-thread.ts";
import type { ReflectedSchema } from "./reflection/read-reflection.ts";
import { serializeDescriptorSet } from "./serialize-descriptor-set.ts";
import { type ReadSource, readStored, reflect, type SchemaTarget, sourceOfReflection } from "./store/read-source.ts";
import { createSchemaCache } from "./store/schema-cache.ts";
import { createSlots } from "./store/slots.ts";
import type { SourceFolder } from "./store/source-folder.ts";
import { reflectionSource, reflectionSourceId, type StoredSource } from "./store/stored-source.ts";
import type { TargetSchema } from "./store/target-schema.ts";
import { createTurns } from "./store/turns.ts";

/** The schemas of targets, and the sources that they are put together from. */
export interface SchemaStore extends Disposable {
  /**
   * The target's schema, which is put together once for all who ask and then kept. What could not be had of the target is
   * tried again at the next call.
   *
   * @param options.refresh whether the target is asked again
   */
  get(name: string, target: SchemaTarget, options: { readonly refresh: boolean }): Promise<TargetSchema>;
  /** Keeps a source, behind the others of its target. */
  add(name: string, source: NewSource): Promise<StoredSource>;
  /** Brings sources into another order, and drops those whose ids are left out. That of reflection can always be had back. */
  arrange(name: string, ids: readonly string[]): Promise<void>;
  /** Hands the sources of a target to one of another name. */
  rename(name: string, next: string): Promise<void>;
  /** Forgets all about a target. */
  remove(name: string): Promise<void>;
}

/** A source that somebody adds. */
export interface NewSource {
  readonly kind: "proto-files" | "descriptors";
  readonly label: string;
  /** Serialized files. */
  readonly files: readonly Uint8Array[];
  readonly notes: readonly string[];
}

/** What `createSchemaStore` needs. */
export interface SchemaStoreOptions {
  readonly folder: SourceFolder;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** Default: `buildOffThread`. */
  readonly build?: typeof buildOffThread;
}

/** The most sources of a target. */
const maxSources = 32;

/** The longest label that is kept, in UTF-16 units. */
const maxLabelLength = 200;

/** How many schemas are put together at a time, and how many more may wait. */
const buildSlots = { what: "schemas", maxRunning: 2, maxWaiting: 64 };

/** Creates the store. Its disposal gives up what is under way. */
export function createSchemaStore({ folder, now, build = buildOffThread }: SchemaStoreOptions): SchemaStore {
  const closing = new AbortController();
  const slots = createSlots(buildSlots);
  const cache = createSchemaCache();
  const changes = createTurns();

  /** Reads the sources of a target and puts them together. `reflected` is what the target told before, if it needn't be asked. */
  async function make(name: string, target: SchemaTarget, known: ReflectedSchema | undefined) {
    const { signal } = closing;
    const stored = await folder.list(name);
    let reflected = known;
    const sources: ReadSource[] = [];
    for (const each of stored) {
      if (each.id === reflectionSourceId) {
        reflected ??= await reflect(target, signal);
        sources.push(sourceOfReflection(each, reflected));
      } else {
        sources.push(await readStored(folder, name, each));
      }
    }
    const schema = assemble(
      sources,
      await build(
        sources.map(({ source }) => source),
        signal,
      ),
      now(),
    );
    return { schema, reflected: reflected?.version === "" ? undefined : reflected, isWhole: reflected?.version !== "" };
  }

  return {
    get(name, target, { refresh }) {
      const run = (known: ReflectedSchema | undefined) => slots.run(() => make(name, target, known), closing.signal);
      return cache.get(name, { identity: target.identity, refresh, run });
    },

    add: (name, { kind, label, files, notes }) =>
      changes(name, async () => {
        const stored = await folder.list(name);
        if (stored.length >= maxSources) {
          const message = `a target can have ${maxSources} sources; remove one first`;
          throw new ConnectError(message, Code.ResourceExhausted);
        }
        const id = `${kind}-${randomBytes(6).toString("hex")}`;
        const source: StoredSource = { id, kind, label: label.slice(0, maxLabelLength), notes };
        await folder.write(name, id, serializeDescriptorSet(files));
        await folder.save(name, [...stored, source]);
        cache.expire(name);
        return source;
      }),

    arrange: (name, ids) =>
      changes(name, async () => {
        const stored = new Map((await folder.list(name)).map((source) => [source.id, source]));
        stored.set(reflectionSourceId, reflectionSource);
        const arranged = new Set(
          ids.map((id) => {
            const source = stored.get(id);
            if (source === undefined) {
              throw new ConnectError(`${name} has no source "${id.slice(0, maxLabelLength)}"`, Code.NotFound);
            }
            return source;
          }),
        );
        await folder.save(name, [...arranged]);
        cache.expire(name);
      }),

    rename(name, next) {
      // Whoever waits for both waits in the same order, so that no two wait for each other.
      const [first, second] = name < next ? [name, next] : [next, name];
      return changes(first, () =>
        changes(second, async () => {
          cache.remove(name);
          cache.remove(next);
          await folder.rename(name, next);
        }),
      );
    },

    remove: (name) =>
      changes(name, async () => {
        cache.remove(name);
        await folder.remove(name);
      }),

    [Symbol.dispose]() {
      closing.abort(new ConnectError("the server is shutting down", Code.Unavailable));
    },
  };
}

function assemble(
  sources: readonly ReadSource[],
  built: Awaited<ReturnType<typeof buildOffThread>>,
  createTime: number,
): TargetSchema {
  const results = new Map(built.sources.map((result) => [result.id, result]));
  return {
    ...built,
    createTime,
    sources: sources.map(({ stored, problem, version, notes }) => {
      const result = results.get(stored.id);
      return {
        ...stored,
        problem,
        version,
        notes: [...notes, ...(result?.notes ?? [])],
        fileCount: result?.fileCount ?? 0,
      };
    }),
  };
}
