const bytesByUnit: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["b", 1],
  ["k", 1_024],
  ["kb", 1_024],
  ["kib", 1_024],
  ["m", 1_048_576],
  ["mb", 1_048_576],
  ["mib", 1_048_576],
  ["g", 1_073_741_824],
  ["gb", 1_073_741_824],
  ["gib", 1_073_741_824],
]);

/** What `uint32` holds. */
const maxBytes = 4_294_967_295;

/**
 * Reads a size such as `4 MiB`, `512k` or `4194304` in bytes; blank is 0. Undefined for what is no size, is 0, or is 4 GiB
 * and more.
 */
export function parseSize(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "") {
    return 0;
  }
  const { figure, unit = "" } = /^(?<figure>\d+(?:\.\d+)?)\s*(?<unit>[a-z]*)$/.exec(trimmed)?.groups ?? {};
  const factor = bytesByUnit.get(unit);
  const bytes = factor === undefined ? Number.NaN : Math.round(Number(figure) * factor);
  return bytes > 0 && bytes <= maxBytes ? bytes : undefined;
}

/** Writes a size so that `parseSize` reads it back; blank for 0. */
export function formatSize(bytes: number): string {
  const units = [
    ["MiB", 1_048_576],
    ["KiB", 1_024],
  ] as const;
  const fit = units.find(([, factor]) => bytes > 0 && bytes % factor === 0);
  if (fit !== undefined) {
    return `${bytes / fit[1]} ${fit[0]}`;
  }
  return bytes === 0 ? "" : String(bytes);
}
