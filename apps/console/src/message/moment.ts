/** A moment that a text names. */
export interface Moment {
  /** Milliseconds since 1970; finer digits are only in the text. */
  readonly ms: number;
  /** Whether the text names no zone, and UTC was taken. */
  readonly isZoneAssumed: boolean;
}

const momentPattern = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|z|[+-]\d{2}:\d{2})?$/;

/**
 * Reads RFC 3339 and `YYYY-MM-DD HH:MM:SS` (taken for UTC); undefined for every other text, and for a date that no
 * calendar has.
 */
export function parseMoment(text: string): Moment | undefined {
  const match = momentPattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second, fraction = "", zone] = match;
  const date = `${year}-${month}-${day}`;
  const ms = Date.parse(
    `${date}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}${(zone ?? "Z").toUpperCase()}`,
  );
  return Number.isNaN(ms) || !isDate(date) ? undefined : { ms, isZoneAssumed: zone === undefined };
}

/** Date.parse lets the 31st of a shorter month roll over. */
function isDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** `in 4 years`, `2 minutes ago`: how far `ms` is from `nowMs`, in the words of `language`. */
export function relativeText(ms: number, nowMs: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const distance = ms - nowMs;
  for (const [unit, unitMs] of steps) {
    if (Math.abs(distance) >= unitMs) {
      return format.format(Math.trunc(distance / unitMs), unit);
    }
  }
  return format.format(Math.trunc(distance / 1_000), "second");
}
