/** The JSON token of a double, exact in both directions: `-0` keeps its sign, NaN and the infinities are strings. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) {
    return JSON.stringify(String(value));
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The shortest JSON token that reads back as the same 32-bit float: 0.1 and not 0.10000000149011612. */
export function floatText(value: number): string {
  const mostDigits = 9;
  if (Number.isFinite(value) && value !== 0) {
    for (let digits = 1; digits <= mostDigits; digits++) {
      const short = Number(value.toPrecision(digits));
      if (Math.fround(short) === Math.fround(value)) {
        return doubleText(short);
      }
    }
  }
  return doubleText(value);
}
