import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type BuiltSchema, buildSchema } from "./build-schema.ts";
import type { SchemaSource } from "./schema-source.ts";

/** Up to this size, in bytes, a schema is put together sooner than a thread would have started. */
const maxInlineBytes = 262_144;

/** The most memory of the thread, in MiB: some twenty times the largest sources. */
const maxHeapMiB = 2_048;

/** How long the thread may take, in milliseconds. */
const timeoutMs = 60_000;

/**
 * Puts a schema together without holding up the event loop: small ones here, large ones in a thread of their own. Rejects
 * when the thread fails, takes more than a minute or the signal aborts.
 */
export async function buildOffThread(sources: readonly SchemaSource[], signal: AbortSignal): Promise<BuiltSchema> {
  const bytes = sources.reduce((sum, { files }) => files.reduce((part, file) => part + file.length, sum), 0);
  if (bytes <= maxInlineBytes) {
    return buildSchema(sources);
  }
  const worker = new Worker(new URL("./schema-worker-main.ts", import.meta.url), {
    workerData: sources,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB },
  });
  try {
    // An error of the thread rejects this too.
    const [built] = await once(worker, "message", {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    return built as BuiltSchema;
  } finally {
    await worker.terminate();
  }
}
