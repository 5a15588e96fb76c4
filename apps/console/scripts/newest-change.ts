import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const skippedFolders = new Set(["node_modules", "dist"]);

/**
 * When anything at or below `path` last changed, in milliseconds since 1970; 0 where nothing is there. Folders count as
 * well, since a removed file changes nothing but its folder. `node_modules` and `dist` are not looked into.
 */
export async function newestChange(path: string): Promise<number> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) {
    return 0;
  }
  if (!stats.isDirectory()) {
    return stats.mtimeMs;
  }
  const names = (await readdir(path)).filter((name) => !skippedFolders.has(name));
  const changes = await Promise.all(names.map((name) => newestChange(join(path, name))));
  // The folder that holds `dist` changes with every build; only folders without it tell of removed files.
  const own = await stat(join(path, "dist")).then(
    () => 0,
    () => stats.mtimeMs,
  );
  return Math.max(own, ...changes);
}
