import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createApp } from "./app.ts";
import { ArticleStoreError } from "./articles/article-store-error.ts";
import { openSqliteArticleRepository } from "./articles/sqlite-article-repository.ts";
import type { Config } from "./config/options.ts";
import { openSavedTargets, SavedTargetsError } from "./gateway/targets/saved-targets.ts";
import { createLogger } from "./log/create-logger.ts";
import { loadAssets } from "./page/load-assets.ts";
import { startFault } from "./start-fault.ts";

const exitAtOnce = 1;
const descriptorsPath = fileURLToPath(import.meta.resolve("@switchboard/proto/gen/descriptors.binpb"));
const pageDirectory = fileURLToPath(new URL("../../console/dist", import.meta.url));

/**
 * Serves until a signal stops the process, and says on the standard output where it is ready. A second signal ends the
 * process at once. Resolves with what kept it from serving, and what to do; undefined where nothing did.
 */
export async function serve(config: Config): Promise<string | undefined> {
  try {
    await serveUntilStopped(config);
    return undefined;
  } catch (error) {
    const isExplained = error instanceof ArticleStoreError || error instanceof SavedTargetsError;
    return isExplained ? error.message : startFault(error, config);
  }
}

async function serveUntilStopped(config: Config): Promise<void> {
  const log = createLogger(config.logLevel);
  // What slips through in one call must not end all others.
  process.on("uncaughtException", (error) => log.fatal({ err: error }, "uncaught error"));
  const tls = await readTls(config);
  const [assets, descriptors] = await Promise.all([loadAssets(pageDirectory), readFile(descriptorsPath)]);
  await using articles = await openSqliteArticleRepository({ directory: config.data, now: Date.now });
  const savedTargets = await openSavedTargets(config.data);
  await using app = createApp(config, { articles, savedTargets, descriptors, assets, log, tls });
  const url = await app.listen();
  const stopped = stopSignal();
  process.stdout.write(`Switchboard ready at ${url}\n`);
  log.info({ signal: await stopped }, "stopping");
  await app.drain();
}

async function readTls({ tlsCert, tlsKey }: Config) {
  if (tlsCert === undefined || tlsKey === undefined) {
    return undefined;
  }
  const [cert, key] = await Promise.all([readFile(tlsCert, "utf8"), readFile(tlsKey, "utf8")]);
  return { cert, key };
}

/** Resolves at the first signal to stop; at the second the process ends at once. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        if (asked) {
          process.exit(exitAtOnce);
        }
        asked = true;
        resolve(signal);
      });
    }
  });
}
