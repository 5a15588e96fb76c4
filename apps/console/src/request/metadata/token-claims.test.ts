import { base64Encode } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenClaims } from "./token-claims.ts";

const token = (claims: unknown) =>
  `Bearer e30.${base64Encode(new TextEncoder().encode(JSON.stringify(claims)), "url")}.c2ln`;

describe("tokenClaims()", () => {
  test("reads whom a token is about and when it expires", () => {
    expect(tokenClaims(token({ sub: "ada", exp: 1_900_000_000 }))).toEqual({
      subject: "ada",
      expiresAt: 1_900_000_000_000,
    });
  });

  test("reads no claims that are not of their types", () => {
    expect(tokenClaims(token({ sub: 7, exp: "tomorrow" }))).toEqual({ subject: undefined, expiresAt: undefined });
  });

  test.each(["", "Bearer abc", "Bearer a.b", "Bearer a.!.c", "Bearer e30.e30", token([1]), token(null)])(
    "reads nothing of %j",
    (value) => {
      expect(tokenClaims(value)).toBeUndefined();
    },
  );

  test("never throws", () => {
    fc.assert(
      fc.property(fc.string(), fc.base64String(), (text, payload) => {
        tokenClaims(text);
        tokenClaims(`Bearer e30.${payload}.`);
      }),
    );
  });
});
