import { base64Encode } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesFormats, decodeBase64, readBytes, showBytes, writeBytes } from "./bytes-format.ts";

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
);
const anyFormat = fc.constantFrom(...bytesFormats);

function bytesOf(value: string): number[] | undefined {
  const read = readBytes(value);
  return read.kind === "bytes" ? [...read.bytes] : undefined;
}

describe("showBytes()", () => {
  it("shows in every form what is read back as the same bytes", () => {
    fc.assert(
      fc.property(anyBytes, fc.constantFrom("std", "std_raw", "url"), anyFormat, (bytes, alphabet, format) => {
        const shown = showBytes(base64Encode(bytes, alphabet), format);
        if (shown !== undefined) {
          expect(bytesOf(writeBytes(shown, format))).toEqual([...bytes]);
        } else {
          expect(format).toBe("text");
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("shows base64 in its own alphabet as it stands in the text", () => {
    expect(showBytes("+/8", "base64")).toBe("+/8");
    expect(showBytes("-_8", "base64url")).toBe("-_8");
    expect(showBytes("+/8=", "base64url")).toBe("-_8");
  });

  it("shows text with escapes where it holds what a field doesn't show", () => {
    expect(showBytes(base64Encode(new TextEncoder().encode("a\0b\\")), "text")).toBe("a\\u0000b\\\\");
    expect(showBytes(base64Encode(new TextEncoder().encode("\ufeffa")), "text")).toBe("\\ufeffa");
  });

  it("has no text for bytes that are no UTF-8", () => {
    expect(showBytes("/w==", "text")).toBeUndefined();
    expect(showBytes("7aCA", "text")).toBeUndefined();
  });
});

describe("writeBytes()", () => {
  it("loses nothing that is typed in any form", () => {
    const typedLike = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom("0", "x", "f", "A", "=", "-", "+", ":", " ", "\\", "u", "\ud800"))
        .map((p) => p.join("")),
    );
    fc.assert(
      fc.property(typedLike, anyFormat, (typed, format) => {
        const value = writeBytes(typed, format);
        const read = readBytes(value);
        if (read.kind === "half") {
          expect(showBytes(value, format)).toBe(typed);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps half a byte as what a check of base64 refuses", () => {
    expect(writeBytes("abc", "hex")).toBe("hex:abc");
    expect(decodeBase64("hex:abc")).toBeUndefined();
    expect(showBytes("hex:abc", "hex")).toBe("abc");
    expect(showBytes("hex:abc", "base64")).toBeUndefined();
  });

  it.each([
    ["de ad be:ef", "hex", "3q2+7w=="],
    ["0xDEAD", "hex", "3q0="],
    ["3q2+\n 7w==", "base64", "3q2+7w=="],
    ["3q2-7w", "base64url", "3q2-7w"],
    ["h\\u00e9", "text", "aMOp"],
    ["", "hex", ""],
    ["a", "base64", "a"],
  ] as const)("writes %j in %s as %s", (typed, format, value) => {
    expect(writeBytes(typed, format)).toBe(value);
  });
});

describe("decodeBase64()", () => {
  it.each(["a", "a===", "aa=", "aaaa=", "a b", "aé", "=", "a=aa"])("refuses %j", (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  it("reads megabytes", () => {
    expect(decodeBase64("A".repeat(4_000_000))?.byteLength).toBe(3_000_000);
  });
});
