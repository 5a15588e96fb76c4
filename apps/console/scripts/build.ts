import { join, resolve } from "node:path";
import { build } from "vite";
import { compressAssets } from "./compress-assets.ts";
import { newestChange } from "./newest-change.ts";

const consoleFolder = resolve(import.meta.dirname, "..");
const rootFolder = resolve(consoleFolder, "../..");
const distFolder = join(consoleFolder, "dist");

const sources = [
  consoleFolder,
  join(rootFolder, "apps/wire/src"),
  join(rootFolder, "proto/gen"),
  join(rootFolder, "package-lock.json"),
];

if (process.argv.includes("--if-stale") && !(await isStale())) {
  process.exit(0);
}
const began = performance.now();
await build({ root: consoleFolder, configFile: join(consoleFolder, "vite.config.ts"), logLevel: "warn" });
await compressAssets(distFolder);
const seconds = ((performance.now() - began) / 1_000).toFixed(1);
process.stderr.write(`Built the page in ${seconds} s\n`);

async function isStale(): Promise<boolean> {
  const built = await newestChange(join(distFolder, "index.html"));
  const changes = await Promise.all(sources.map(newestChange));
  return built === 0 || built < Math.max(...changes);
}
