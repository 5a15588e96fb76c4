/** A moment as a text has it. */
export interface TimestampText {
  /** Whole seconds since 1970, rounded down. */
  readonly seconds: number;
  /** The digits behind the second's point as they were typed, at most nine; may be empty. */
  readonly fraction: string;
  /** Minutes ahead of UTC; undefined for `Z`. */
  readonly offset: number | undefined;
}

/** Minutes that a zone's clocks are ahead of UTC at a moment, in milliseconds since 1970. */
export type ZoneOffset = (ms: number) => number;

const rfc3339 = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):([0-5]\d))$/;

/** Reads a moment by RFC 3339 as ProtoJSON has it; undefined for every other text, and for a day that no calendar has. */
export function parseTimestamp(text: string): TimestampText | undefined {
  const match = rfc3339.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, date = "", time = "", fraction = "", sign, hours, minutes] = match;
  const wallMs = Date.parse(`${date}T${time}Z`);
  // What the parser lets roll over comes back as another date.
  if (Number.isNaN(wallMs) || wallText(wallMs) !== `${date}T${time}` || Number(hours ?? 0) > 23) {
    return undefined;
  }
  const offset = sign === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  return { seconds: wallMs / 1_000 - (offset ?? 0) * 60, fraction, offset };
}

/** Writes a moment by RFC 3339. Undefined where its date has no year of four digits. */
export function timestampText({ seconds, fraction, offset }: TimestampText): string | undefined {
  const wall = wallText((seconds + (offset ?? 0) * 60) * 1_000);
  if (wall === undefined) {
    return undefined;
  }
  return `${wall}${fraction === "" ? "" : `.${fraction}`}${offset === undefined ? "Z" : offsetText(offset)}`;
}

/** `+05:30`. */
export function offsetText(offset: number): string {
  const size = Math.abs(offset);
  const [hours, minutes] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, "0"));
  return `${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** The date and time of day, without a zone, that a moment's own zone shows: `2030-10-10T12:30:00`. */
export function wallClock({ seconds, offset }: TimestampText): string | undefined {
  return wallText((seconds + (offset ?? 0) * 60) * 1_000);
}

const wallClockGrammar = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;

/**
 * The moment at which a zone's clocks show `wall`, with the fraction that is given; of two such moments the first, and where
 * the clocks skip it, as far behind the gap as `wall` is into it. Undefined where `wall` is no `YYYY-MM-DDTHH:MM[:SS]`.
 */
export function atWallClock(wall: string, fraction: string, zone: ZoneOffset | undefined): TimestampText | undefined {
  const wallMs = wallClockGrammar.test(wall) ? Date.parse(`${wall}Z`) : Number.NaN;
  if (Number.isNaN(wallMs)) {
    return undefined;
  }
  if (zone === undefined) {
    return { seconds: wallMs / 1_000, fraction, offset: undefined };
  }
  // The offsets a day before and after are the only two that can hold.
  const before = zone(wallMs - dayMs);
  const after = zone(wallMs + dayMs);
  const ms = wallMs - before * minuteMs;
  const isBefore = zone(ms) === before;
  const found = isBefore || zone(wallMs - after * minuteMs) !== after ? ms : wallMs - after * minuteMs;
  return { seconds: found / 1_000, fraction, offset: zone(found) };
}

/** The same moment in another zone; UTC where none is given. */
export function inZone(moment: TimestampText, zone: ZoneOffset | undefined): TimestampText {
  return { ...moment, offset: zone?.(moment.seconds * 1_000) };
}

/** The browser's own zone. Offsets before standard time are rounded to minutes, as RFC 3339 can't tell others. */
export function localOffset(ms: number): number {
  return -Math.round(new Date(ms).getTimezoneOffset());
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

function wallText(ms: number): string | undefined {
  const date = new Date(ms);
  const text = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  return text.length === 24 ? text.slice(0, 19) : undefined;
}
