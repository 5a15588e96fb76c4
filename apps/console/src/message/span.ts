const spanPattern = /^(-?)(\d+)(\.\d+)?s$/;

const units = [
  ["d", 86_400n],
  ["h", 3_600n],
  ["min", 60n],
] as const;

/**
 * A duration as ProtoJSON has it, in its parts: `90061.5s` is `1 d`, `1 h`, `1 min`, `1.5 s`. A negative one has its sign
 * before the first part. Undefined for another text.
 */
export function spanParts(text: string): readonly string[] | undefined {
  const match = spanPattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, sign, whole = "0", fraction = ""] = match;
  let left = BigInt(whole);
  const parts: string[] = [];
  for (const [unit, seconds] of units) {
    if (left >= seconds) {
      parts.push(`${left / seconds} ${unit}`);
      left %= seconds;
    }
  }
  if (left > 0n || fraction !== "" || parts.length === 0) {
    parts.push(`${left}${fraction} s`);
  }
  const [first, ...rest] = parts;
  return [`${sign === "-" ? "−" : ""}${first}`, ...rest];
}
