import { subscribe } from "node:diagnostics_channel";
import { getEventListeners } from "node:events";
import { readFile } from "node:fs/promises";
import type { Http2Stream } from "node:http2";
import { setImmediate as nextTurn } from "node:timers/promises";
import { pino } from "pino";
import { createApp } from "../app.ts";
import { openSqliteArticleRepository } from "../articles/sqlite-article-repository.ts";
import { parseConfig } from "../config.ts";
import { openSavedTargets } from "../gateway/targets/saved-targets.ts";
import type { ServerMeasure } from "./server-process.ts";

/** The most faults that are kept to be told. */
const maxFaults = 10;

const errorLevel = 50;

const parsed = parseConfig(process.argv.slice(2), {});
if (parsed.kind !== "config") {
  throw new Error(`the flags are refused: ${JSON.stringify(parsed)}`);
}

const faults: string[] = [];
const calls: Record<string, number> = {};
const addFault = (text: string) => {
  if (faults.length < maxFaults) {
    faults.push(text);
  }
};
process.on("warning", (warning) => addFault(String(warning.stack)));
process.on("uncaughtException", (error) => addFault(String(error.stack)));
const takeLine = (text: string) => {
  const line: { readonly level: number; readonly status?: string } = JSON.parse(text);
  if (line.level >= errorLevel) {
    addFault(text);
  }
  if (line.status !== undefined) {
    calls[line.status] = (calls[line.status] ?? 0) + 1;
  }
};
// One piece of the log may have several lines.
const write = (text: string) => text.trimEnd().split("\n").forEach(takeLine);

const streams = countStreams();
const articles = await openSqliteArticleRepository({ directory: parsed.config.data, now: Date.now });
const savedTargets = await openSavedTargets(parsed.config.data);
const descriptors = await readFile(new URL("../../../../proto/gen/descriptors.binpb", import.meta.url));
const { result: app, signals } = collectSignals(() =>
  createApp(parsed.config, {
    articles,
    savedTargets,
    descriptors,
    assets: undefined,
    log: pino({ level: "info" }, { write }),
    tls: undefined,
  }),
);
const url = new URL(await app.listen());
process.on("message", () => void measure().then((answer) => process.send?.(answer)));
process.send?.({ port: Number(url.port) });

async function measure(): Promise<ServerMeasure> {
  for (let round = 0; round < 2; round++) {
    await nextTurn();
    globalThis.gc?.();
  }
  const { heapUsed, rss, external } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) {
    resources[name] = (resources[name] ?? 0) + 1;
  }
  const shutdownListeners = signals.reduce((sum, signal) => sum + getEventListeners(signal, "abort").length, 0);
  return { resources, openStreams: streams.open, shutdownListeners, heapUsed, external, rss, calls, faults };
}

function countStreams() {
  const count = { open: 0 };
  for (const side of ["server", "client"]) {
    subscribe(`http2.${side}.stream.created`, (message) => {
      count.open++;
      // Node gives a message of this kind to these channels.
      const { stream } = message as { readonly stream: Http2Stream };
      stream.once("close", () => count.open--);
    });
  }
  return count;
}

/** Runs a function, and gives the signals of all abort controllers that were created meanwhile. */
function collectSignals<T>(run: () => T): { readonly result: T; readonly signals: readonly AbortSignal[] } {
  const signals: AbortSignal[] = [];
  const Original = globalThis.AbortController;
  globalThis.AbortController = class extends Original {
    constructor() {
      super();
      signals.push(this.signal);
    }
  };
  try {
    return { result: run(), signals };
  } finally {
    globalThis.AbortController = Original;
  }
}
