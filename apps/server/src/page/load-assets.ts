import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Asset } from "./asset.ts";

/** The most bytes of a built page that are kept in memory: 64 MiB. */
const maxPageBytes = 67_108_864;

/** The suffixes of the compressed forms that the build lays beside a file. */
const suffixes = { br: ".br", gzip: ".gz" } as const;

/**
 * Reads the files of a built page into memory, by their path from its folder (`assets/index.js`). Undefined where there
 * is no `index.html`.
 *
 * @throws Error when the folder holds more than 64 MiB, since it then isn't our build.
 */
export async function loadAssets(directory: string): Promise<ReadonlyMap<string, Asset> | undefined> {
  const files = await readFiles(directory);
  if (!files.has("index.html")) {
    return undefined;
  }
  const assets = new Map<string, Asset>();
  for (const [path, identity] of files) {
    if (!Object.values(suffixes).some((suffix) => path.endsWith(suffix) && files.has(path.slice(0, -suffix.length)))) {
      assets.set(path, { identity, br: files.get(path + suffixes.br), gzip: files.get(path + suffixes.gzip) });
    }
  }
  return assets;
}

async function readFiles(directory: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    total += bytes.byteLength;
    if (total > maxPageBytes) {
      throw new Error(`the page in ${directory} has more than ${maxPageBytes} bytes`);
    }
    files.set(relative(directory, path).split(sep).join("/"), bytes);
  }
  return files;
}
