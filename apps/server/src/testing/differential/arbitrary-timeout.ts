import fc from "fast-check";

/** The two ways to write a timeout. */
export type TimeoutStyle = "grpc" | "connect";

/** Timeouts that no call of a test comes near, and none at all. */
export function arbitraryRoomyTimeout(style: TimeoutStyle): fc.Arbitrary<string | undefined> {
  const values = style === "grpc" ? ["1M", "60S", "60000m", "60000000u"] : ["60000", "0000060000"];
  return fc.constantFrom(undefined, ...values);
}

/** Timeouts that pass while a call waits for them. */
export function arbitraryShortTimeout(style: TimeoutStyle): fc.Arbitrary<string> {
  return style === "grpc"
    ? fc.constantFrom("1n", "99999999n", "1u", "7m", "00000001m")
    : fc.constantFrom("1", "9", "0000000007");
}

/** Timeouts that are malformed, zero or longer than the strict profile allows. */
export function arbitraryOddTimeout(style: TimeoutStyle): fc.Arbitrary<string> {
  const anyText = fc.string({ unit: fc.constantFrom(..."0123456789HMSmun.-+ "), maxLength: 10 });
  const values =
    style === "grpc"
      ? [
          "",
          "0S",
          "0n",
          "00000000H",
          "123456789m",
          "000000001S",
          "1.5S",
          "-1S",
          "+1S",
          "10",
          "S",
          "10s",
          "10 S",
          "1S, 1S",
        ]
      : ["", "0", "0000000000", "12345678901", "00000000001", "1.5", "-1", "+1", "1e3", "0x10", "10m", "1, 1"];
  // Longer ones make the stock adapter set a timer that Node warns of.
  const long = style === "grpc" ? ["2147482S", "00000596H", "61S"] : ["2147483647", "60001"];
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...values) },
    { weight: 2, arbitrary: fc.constantFrom(...long) },
    // What is well-formed by chance might pass while the call runs, or not.
    {
      weight: 1,
      arbitrary: anyText.map((text) => text.trim()).filter((text) => !/^(\d{1,8}[HMSmun]|\d{1,10})$/.test(text)),
    },
  );
}
