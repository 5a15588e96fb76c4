import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  GetSchemaRequestSchema,
  type GetSchemaResponse,
  type Source,
} from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { createStore, type StoreApi } from "zustand/vanilla";
import { localTarget } from "../schema/local-schema.ts";
import { compareSchemas, type SchemaChanges } from "../schema/schema-changes.ts";
import type { TargetSchema } from "../schema/target-schema.ts";
import type { ConsoleClients } from "./console-clients.ts";

/** What is known of one target's schema. */
export interface SchemaEntry {
  /** `refreshing`: there is a schema, and a newer one is asked for. `failed`: the newest attempt failed. */
  readonly phase: "loading" | "ready" | "refreshing" | "failed";
  /** The last good one. */
  readonly schema: TargetSchema | undefined;
  /** Why the newest attempt failed. */
  readonly error: ConnectError | undefined;
  /** What the newest refresh changed; undefined before the first one, and once it was dismissed. */
  readonly changes: SchemaChanges | undefined;
}

/** The schemas of all targets, by the targets' names. */
export type SchemaEntries = ReadonlyMap<string, SchemaEntry>;

/** The schemas of targets. */
export interface SchemaStore {
  readonly store: StoreApi<SchemaEntries>;
  /** The last good schema of a target. */
  find(target: string): TargetSchema | undefined;
  /** Asks for a target's schema where nobody did so far. */
  open(target: string): void;
  /**
   * Asks for it again; `askTarget` has the server ask the target too, in the place of what it kept. What is under way is
   * given up. Resolves when the entry tells what came of it.
   */
  refresh(target: string, options: { readonly askTarget: boolean }): Promise<void>;
  /** Takes note that the changes were seen. */
  dismissChanges(target: string): void;
  /** Forgets a target that was removed or now stands for another server. */
  forget(target: string): void;
  /** Puts another schema in the place of the built-in services'. */
  setLocal(schema: TargetSchema): void;
}

/** What schemas come from. */
export interface SchemaStoreOptions {
  readonly clients: Pick<ConsoleClients, "schemas">;
  readonly local: TargetSchema;
  /** Makes a schema of the server's answer; `known` is the last one, whose descriptors an answer without any means. */
  readonly read: (target: string, answer: GetSchemaResponse, known: TargetSchema | undefined) => Promise<TargetSchema>;
}

const unknown: SchemaEntry = { phase: "loading", schema: undefined, error: undefined, changes: undefined };

/** Creates the store, with the schema of the built-in services alone. */
export function createSchemaStore({ clients, local, read }: SchemaStoreOptions): SchemaStore {
  const store = createStore<SchemaEntries>(
    () => new Map([[localTarget, { ...unknown, phase: "ready", schema: local }]]),
  );
  const running = new Map<string, AbortController>();

  function put(target: string, change: Partial<SchemaEntry>): void {
    const entries = store.getState();
    store.setState(new Map(entries).set(target, { ...unknown, ...entries.get(target), ...change }), true);
  }

  async function refresh(target: string, { askTarget }: { readonly askTarget: boolean }): Promise<void> {
    running.get(target)?.abort();
    const abort = new AbortController();
    running.set(target, abort);
    const known = store.getState().get(target)?.schema;
    put(target, { phase: known === undefined ? "loading" : "refreshing", error: undefined });
    try {
      const knownRevision = known?.revision ?? "";
      const request = create(GetSchemaRequestSchema, { target, refresh: askTarget, knownRevision });
      const answer = await clients.schemas.getSchema(request, { signal: abort.signal });
      const schema = await read(target, answer, known);
      const lost = known && lostSource(known, schema);
      if (lost !== undefined) {
        throw new ConnectError(lost.problem, Code.Unavailable);
      }
      if (!abort.signal.aborted) {
        put(target, { phase: "ready", schema, changes: known && compareSchemas(known, schema) });
      }
    } catch (reason) {
      if (!abort.signal.aborted) {
        put(target, { phase: "failed", error: ConnectError.from(reason) });
      }
    } finally {
      if (running.get(target) === abort) {
        running.delete(target);
      }
    }
  }

  return {
    store,
    find: (target) => store.getState().get(target)?.schema,
    open(target) {
      if (!store.getState().has(target)) {
        void refresh(target, { askTarget: false });
      }
    },
    refresh: async (target, options) => {
      if (target !== localTarget) {
        await refresh(target, options);
      }
    },
    dismissChanges(target) {
      if (store.getState().get(target)?.changes !== undefined) {
        put(target, { changes: undefined });
      }
    },
    forget(target) {
      running.get(target)?.abort();
      running.delete(target);
      const entries = new Map(store.getState());
      entries.delete(target);
      store.setState(entries, true);
    },
    setLocal: (schema) => put(localTarget, { schema }),
  };
}

/**
 * A source that told its part before and doesn't now, such as a server that is away. Then the schema from before is the
 * better one; unless the sources were changed, which has to be seen.
 */
function lostSource(known: TargetSchema, fresh: TargetSchema): Source | undefined {
  const isSame = fresh.sources.map(({ id }) => id).join() === known.sources.map(({ id }) => id).join();
  return isSame
    ? fresh.sources.find(({ problem }, at) => problem !== "" && known.sources[at]?.problem === "")
    : undefined;
}
