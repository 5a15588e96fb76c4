import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createApp } from "./app.ts";
import { ArticleStoreError } from "./articles/article-store-error.ts";
import { openSqliteArticleRepository } from "./articles/sqlite-article-repository.ts";
import type { Config } from "./config/options.ts";
import { parseConfig } from "./config.ts";
import { openSavedTargets, SavedTargetsError } from "./gateway/targets/saved-targets.ts";
import { createLogger } from "./log/create-logger.ts";
import { loadAssets } from "./page/load-assets.ts";
import { startFault } from "./start-fault.ts";

const exitFailed = 1;
const exitUsage = 2;
const descriptorsPath = fileURLToPath(import.meta.resolve("@switchboard/proto/gen/descriptors.binpb"));
const pageDirectory = fileURLToPath(new URL("../../console/dist", import.meta.url));

const parsed = parseConfig(process.argv.slice(2), process.env);
switch (parsed.kind) {
  case "help":
    process.stdout.write(parsed.text);
    break;
  case "faults":
    process.stderr.write(`${parsed.faults.join("\n")}\n`);
    process.exitCode = exitUsage;
    break;
  case "config":
    try {
      await serve(parsed.config);
    } catch (error) {
      const isExplained = error instanceof ArticleStoreError || error instanceof SavedTargetsError;
      const fault = isExplained ? error.message : startFault(error, parsed.config);
      process.stderr.write(`${fault}\n`);
      process.exitCode = exitFailed;
    }
    break;
}

async function serve(config: Config): Promise<void> {
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
          process.exit(exitFailed);
        }
        asked = true;
        resolve(signal);
      });
    }
  });
}
