/** A span of time in the unit that reads best: `0.8 ms`, `12 ms`, `3.42 s`, `4 min 05 s`. */
export function durationText(ms: number): string {
  if (ms < 10) {
    return `${ms.toFixed(1)} ms`;
  }
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = ms / 1_000;
  if (seconds < 60) {
    return `${seconds.toFixed(2)} s`;
  }
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** A size in the unit that reads best, in powers of 1,000: `34 B`, `1.2 kB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) {
    return `${bytes} B`;
  }
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Puts a comma before each three digits that end a number. */
const thousands = /\B(?=(?:\d{3})+$)/g;

/** A whole number with its thousands told apart. */
export function countText(count: number): string {
  // `toLocaleString` takes many times as long, and a stream's view writes figures by the hundred in each frame.
  return String(count).replace(thousands, ",");
}
