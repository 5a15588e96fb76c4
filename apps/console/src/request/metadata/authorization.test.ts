import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MetadataRow } from "../draft.ts";
import { basicUser, basicValue, bearerValue, withField } from "./authorization.ts";

const row = (id: string, name: string, value = ""): MetadataRow => ({ id, name, value, isEnabled: true });

describe("bearerValue()", () => {
  test.each(["abc", " abc\n", "Bearer abc", "bearer  abc"])("writes %j with the scheme once", (token) => {
    expect(bearerValue(token)).toBe("Bearer abc");
  });
});

describe("basicValue()", () => {
  test("writes the example of RFC 7617", () => {
    expect(basicValue("Aladdin", "open sesame")).toBe("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  });

  test("writes UTF-8, which basicUser() reads back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (user, password) => {
        fc.pre(!user.includes(":"));
        expect(basicUser(basicValue(user, password))).toBe(user);
      }),
    );
  });
});

describe("basicUser()", () => {
  test.each(["", "Basic", "Basic !", "Bearer QTpC", "Basic QQ=="])("names no user for %j", (value) => {
    expect(basicUser(value)).toBeUndefined();
  });
});

describe("withField()", () => {
  test("gives the value to the first row of the name, whatever its case", () => {
    const rows = [row("a", "x"), row("b", "Authorization", "old"), row("c", "authorization", "second")];
    expect(withField(rows, row("new", "authorization", "Bearer t"))).toEqual([
      row("a", "x"),
      row("b", "authorization", "Bearer t"),
      row("c", "authorization", "second"),
    ]);
  });

  test("adds a row where there is none", () => {
    expect(withField([row("a", "x")], row("b", "y"))).toEqual([row("a", "x"), row("b", "y")]);
  });
});
