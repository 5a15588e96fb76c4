import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** The page's budget for JavaScript before the first call can be made, in bytes after compression. */
const budget = 250_000;

const dist = join(import.meta.dirname, "../../../console/dist");

/** The scripts that index.html names, and all that they import without waiting for a wish: the first load. */
function firstLoad(): ReadonlySet<string> {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const wanted = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, file = ""]) => file);
  const found = new Set<string>();
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (found.has(file)) {
      continue;
    }
    found.add(file);
    const code = readFileSync(join(dist, file), "utf8");
    for (const [, specifier = ""] of code.matchAll(
      /(?:^|[;}\s])(?:import|export)\b[^"'`;()]*?["'](\.[^"']+\.js)["']/g,
    )) {
      wanted.push(normalize(join(dirname(file), specifier)));
    }
  }
  return found;
}

/** Prints how much JavaScript the page loads before the first call can be made. */
export function printFirstLoad(): void {
  const rows = [...firstLoad()].map((file) => {
    const code = readFileSync(join(dist, file));
    return {
      file,
      bytes: code.length,
      gzip: gzipSync(code, { level: 9 }).length,
      brotli: brotliCompressSync(code).length,
    };
  });
  const sum = (key: "bytes" | "gzip" | "brotli") => rows.reduce((total, row) => total + row[key], 0);
  console.table(rows);
  console.log(`first load: ${sum("bytes")} bytes, ${sum("gzip")} with gzip, ${sum("brotli")} with brotli`);
  console.log(
    `of the budget of ${budget}: ${(sum("brotli") / budget).toFixed(2)} with brotli, ${(sum("gzip") / budget).toFixed(2)} with gzip`,
  );
}
