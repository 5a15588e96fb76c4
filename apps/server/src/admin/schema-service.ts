import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type {
  AddSourceRequest,
  SchemaService,
} from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import type { Logger } from "pino";
import type { CompileResult } from "../schema/compile/compile-proto-files.ts";
import type { ProtoFile } from "../schema/compile/proto-file.ts";
import type { SchemaStore } from "../schema/schema-store.ts";
import type { SchemaTarget } from "../schema/store/read-source.ts";
import { createAbortRace } from "../services/abort-race.ts";
import { createBadRequest } from "../services/bad-request.ts";
import { createRateLimit } from "./rate-limit.ts";
import { writeSchema, writeSource } from "./schema-messages.ts";

/** What `createSchemaService` needs. */
export interface SchemaServiceOptions {
  readonly store: SchemaStore;
  /** The target of that name, this server itself among them; undefined where there is none. */
  readonly findTarget: (name: string) => SchemaTarget | undefined;
  /** Compiles `.proto` text. Rejects with a ConnectError where it can't be tried. */
  readonly compile: (files: readonly ProtoFile[], signal: AbortSignal) => Promise<CompileResult>;
  /** Reads a descriptor set. */
  readonly readDescriptors: (bytes: Uint8Array) => Promise<CompileResult>;
  /** In milliseconds, as `performance.now()` has it. */
  readonly now: () => number;
  readonly log: Logger;
}

/** How many sources all callers together can add or arrange in a minute. */
const changesPerMinute = 120;

/** Creates the service by which the page gets the schemas of targets and changes what they are put together from. */
export function createSchemaService(options: SchemaServiceOptions): ServiceImpl<typeof SchemaService> {
  const { store, now, log } = options;
  const changes = createRateLimit({ what: "changes of sources", perMinute: changesPerMinute, now });

  return {
    async getSchema({ target, refresh, knownRevision }, { signal }) {
      using race = createAbortRace(signal);
      const schema = await race.run(told(options, store.get(target, findTarget(options, target), { refresh })));
      return writeSchema(schema, knownRevision);
    },

    async addSource(request, { signal }) {
      changes.take();
      const target = findTarget(options, request.target);
      const compiled = await told(options, read(request, options, signal));
      if (compiled.kind === "failed") {
        return { errors: compiled.errors.map((error) => ({ ...error })) };
      }
      const kind = request.content.case === "descriptors" ? "descriptors" : "proto-files";
      const { files, notes } = compiled;
      const added = await told(options, store.add(request.target, { kind, label: request.label, files, notes }));
      log.info({ target: request.target, source: added.id, files: files.length }, "source added");
      const { sources } = await told(options, store.get(request.target, target, { refresh: false }));
      const state = sources.find(({ id }) => id === added.id);
      return { source: writeSource(state ?? { ...added, problem: "", version: "", fileCount: files.length }) };
    },

    async arrangeSources({ target, sourceIds }) {
      changes.take();
      findTarget(options, target);
      await told(options, store.arrange(target, sourceIds));
      log.info({ target, sources: sourceIds.length }, "sources arranged");
      return {};
    },
  };
}

function findTarget({ findTarget: find }: SchemaServiceOptions, name: string): SchemaTarget {
  const target = find(name);
  if (target === undefined) {
    throw new ConnectError(`there is no target "${name.slice(0, 64)}"; choose another, or add it`, Code.NotFound);
  }
  return target;
}

async function read(
  { content }: AddSourceRequest,
  { compile, readDescriptors }: SchemaServiceOptions,
  signal: AbortSignal,
): Promise<CompileResult> {
  switch (content.case) {
    case "protoFiles":
      return compile(content.value.files, signal);
    case "descriptors":
      return readDescriptors(content.value);
    case undefined:
      throw createBadRequest([{ field: "content", description: "is missing; set proto_files or descriptors" }]);
  }
}

/** Tells faults that are made to be told; what fails otherwise is this server's affair, and in its log. */
async function told<T>({ log }: SchemaServiceOptions, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof ConnectError) {
      throw error;
    }
    log.error({ err: error }, "a schema could not be put together or kept");
    throw new ConnectError("the schema could not be put together or kept; the server's log says why", Code.Internal);
  }
}
