/** The most messages that *Send ×N* sends at once. */
export const maxRepeatCount = 100_000;

/** Reads the count of *Send ×N*: a whole number from 1 to `maxRepeatCount`, or undefined where the text is none. */
export function parseRepeatCount(text: string): number | undefined {
  const trimmed = text.trim().replaceAll(/[,_\s]/g, "");
  const count = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : 0;
  return count >= 1 && count <= maxRepeatCount ? count : undefined;
}
