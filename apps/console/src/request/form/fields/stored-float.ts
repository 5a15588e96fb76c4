import { ScalarType } from "@bufbuild/protobuf";

/** What a floating-point type makes of a literal. */
export interface StoredFloat {
  /** The value in the fewest digits that read back as the same double: what a reader who widens it sees. */
  readonly text: string;
  /** Whether digits are lost: even the fewest digits that name the stored value differ from the literal's. */
  readonly isLossy: boolean;
}

/**
 * The value that a field of type `float` or `double` (IEEE 754) holds for a JSON number, where that is not exactly what the
 * literal says. Undefined where it is, where the text is no number, and where the number is beyond the type's range.
 */
export function storedFloat(type: ScalarType.FLOAT | ScalarType.DOUBLE, literal: string): StoredFloat | undefined {
  const typed = readDecimal(literal);
  const number = Number(literal);
  const stored = type === ScalarType.FLOAT ? Math.fround(number) : number;
  if (typed === undefined || !Number.isFinite(stored) || equals(typed, stored)) {
    return undefined;
  }
  const shortest = readDecimal(type === ScalarType.FLOAT ? shortestFloat32(stored) : String(stored));
  const isLossy = shortest?.digits !== typed.digits || shortest.exponent !== typed.exponent;
  // Every double but the roundest is stored inexactly: where its own digits name it, there is nothing to tell.
  return type === ScalarType.DOUBLE && !isLossy ? undefined : { text: String(stored), isLossy };
}

const mostFloat32Digits = 9;

function shortestFloat32(value: number): string {
  for (let digits = 1; digits < mostFloat32Digits; digits++) {
    const short = value.toPrecision(digits);
    if (Math.fround(Number(short)) === value) {
      return short;
    }
  }
  return value.toPrecision(mostFloat32Digits);
}

/** `digits` times ten to the power of `exponent`; the digits end in none but a needed zero. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const grammar = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** A finite double has no more decimal digits than this. */
const mostDigits = 1_100;

function readDecimal(literal: string): Decimal | undefined {
  const match = grammar.exec(literal);
  if (match === null) {
    return undefined;
  }
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  if (digits === "") {
    return { digits: 0n, exponent: 0 };
  }
  // What has more digits than any double equals none: a cut of it differs just the same.
  const cut = digits.slice(0, mostDigits);
  return {
    digits: BigInt(sign === "-" ? `-${cut}` : cut),
    exponent: Number(exponent) - fraction.length + (all.length - cut.length),
  };
}

function equals({ digits, exponent }: Decimal, value: number): boolean {
  if (digits === 0n || value === 0) {
    return digits === 0n && value === 0;
  }
  if (Math.abs(exponent) > mostDigits) {
    return false;
  }
  const { mantissa, power } = parts(value);
  const left = digits * 10n ** BigInt(Math.max(exponent, 0)) * 2n ** BigInt(Math.max(-power, 0));
  const right = mantissa * 2n ** BigInt(Math.max(power, 0)) * 10n ** BigInt(Math.max(-exponent, 0));
  return left === right;
}

const fractionBits = 52n;
const exponentBias = 1_075;

/** A finite double as `mantissa` times two to the power of `power`. */
function parts(value: number): { readonly mantissa: bigint; readonly power: number } {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const fraction = raw & (2n ** fractionBits - 1n);
  const biased = Number((raw >> fractionBits) & 0x7ffn);
  const size = biased === 0 ? fraction : fraction | (2n ** fractionBits);
  return { mantissa: value < 0 ? -size : size, power: Math.max(biased, 1) - exponentBias };
}
