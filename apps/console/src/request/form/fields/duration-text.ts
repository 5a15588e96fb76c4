/** Nanoseconds of each unit, as Go's `time.ParseDuration` names them, and days. */
const units: ReadonlyMap<string, bigint> = new Map([
  ["d", 86_400_000_000_000n],
  ["h", 3_600_000_000_000n],
  ["m", 60_000_000_000n],
  ["s", 1_000_000_000n],
  ["ms", 1_000_000n],
  ["us", 1_000n],
  ["µs", 1_000n],
  ["μs", 1_000n],
  ["ns", 1n],
]);

const grammar = /^-?(?:[0-9]{1,18}(?:\.[0-9]{1,18})?(?:ns|us|µs|μs|ms|s|m|h|d)\s*)+$/;
const part = /([0-9]+)(?:\.([0-9]+))?(ns|us|µs|μs|ms|s|m|h|d)/g;
const seconds = /^-?[0-9]+(?:\.[0-9]{1,9})?s$/;
const nanosPerSecond = 1_000_000_000n;
const maxLength = 80;

/**
 * What was typed as a duration in the form of ProtoJSON, seconds with up to nine decimals: `90m` is `5400s`, `1h30m` and
 * `250 ms` are read likewise. Seconds stay digit for digit as they were typed. What is no duration, or is finer than
 * nanoseconds, stays as it is.
 */
export function writeDuration(typed: string): string {
  const text = typed.trim();
  if (seconds.test(text)) {
    return text;
  }
  const nanos = readNanos(text);
  return nanos === undefined ? typed : secondsText(nanos);
}

/** A duration's text in hours, minutes and seconds, as `1h 30m 0.5s`; undefined where it is none or below a minute. */
export function longDuration(text: string): string | undefined {
  const nanos = readNanos(text);
  if (nanos === undefined) {
    return undefined;
  }
  const size = nanos < 0n ? -nanos : nanos;
  const minute = units.get("m") ?? 0n;
  if (size < minute) {
    return undefined;
  }
  let rest = size;
  const words: string[] = [];
  for (const name of ["d", "h", "m"]) {
    const unit = units.get(name) ?? 1n;
    if (rest >= unit) {
      words.push(`${rest / unit}${name}`);
      rest %= unit;
    }
  }
  if (rest > 0n) {
    words.push(secondsText(rest));
  }
  return `${nanos < 0n ? "-" : ""}${words.join(" ")}`;
}

function readNanos(text: string): bigint | undefined {
  const dense = text.replace(/\s+(?=[a-zµμ0-9])/g, "");
  if (text.length > maxLength || !grammar.test(dense)) {
    return undefined;
  }
  let sum = 0n;
  for (const [, whole = "", fraction = "", name = ""] of dense.matchAll(part)) {
    const unit = units.get(name) ?? 0n;
    const scale = 10n ** BigInt(fraction.length);
    const scaled = BigInt(fraction || "0") * unit;
    if (scaled % scale !== 0n) {
      return undefined;
    }
    sum += BigInt(whole) * unit + scaled / scale;
  }
  return dense.startsWith("-") ? -sum : sum;
}

function secondsText(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const fraction = String(size % nanosPerSecond)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${nanos < 0n ? "-" : ""}${size / nanosPerSecond}${fraction === "" ? "" : `.${fraction}`}s`;
}
