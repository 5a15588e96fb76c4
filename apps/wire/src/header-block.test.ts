import { Code } from "@connectrpc/connect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assertLegalField,
  maxHeaderBlockFields,
  parseHeaderBlock,
  parseHeaderFields,
  serializeHeaderBlock,
  serializeHeaderFields,
} from "./header-block.ts";

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

const name = fc.stringMatching(/^[0-9a-z_.-]{1,20}$/);
const value = fc.stringMatching(
  /^[\x21-\x7e\x80-\x9f\xa1-\xff]([\x20-\x7e\x80-\x9f\xa1-\xff]{0,20}[\x21-\x7e\x80-\x9f\xa1-\xff])?$/,
);

describe("serializeHeaderBlock() and parseHeaderBlock()", () => {
  it("bring headers back as they were", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 10 }), (fields) => {
        const headers = new Headers(fields);
        expect([...parseHeaderBlock(serializeHeaderBlock(headers))]).toEqual([...headers]);
      }),
    );
  });

  it("bring no headers back as none", () => {
    expect([...parseHeaderBlock(serializeHeaderBlock(new Headers()))]).toEqual([]);
  });
});

describe("serializeHeaderBlock()", () => {
  it("writes lines that each end with CR LF", () => {
    const bytes = serializeHeaderBlock(new Headers({ "X-A": "1", "x-b": "é" }));
    expect(bytes).toEqual(bytesOf("x-a: 1\r\nx-b: \xe9\r\n"));
  });

  it("refuses a name that HTTP allows and gRPC doesn't, and names it", () => {
    expect(() => serializeHeaderBlock(new Headers({ "x!a": "1" }))).toThrow('header name "x!a" is not allowed');
  });

  it("refuses a value with a control character", () => {
    expect(() => serializeHeaderBlock(new Headers({ "x-a": "a\tb" }))).toThrow("header x-a has a value with");
  });
});

describe("parseHeaderBlock()", () => {
  it("takes a line without a space, any case of names, and joins repeated ones", () => {
    expect([...parseHeaderBlock(bytesOf("X-A:1\r\nx-a:  2 \r\n"))]).toEqual([["x-a", "1, 2"]]);
  });

  it.each([
    ["a last line without an end", "x-a: 1"],
    ["a bare line feed", "x-a: 1\nx-b: 2\r\n"],
    ["a bare carriage return", "x-a: 1\rx-b: 2\r\n"],
    ["a line without a colon", "x-a\r\n"],
    ["a line without a name", ": 1\r\n"],
    ["a blank line", "x-a: 1\r\n\r\n"],
    ["a name with a space", "x a: 1\r\n"],
    ["a value with a zero byte", "x-a: \0\r\n"],
  ])("refuses %s", (_, text) => {
    expect(() => parseHeaderBlock(bytesOf(text))).toThrow(expect.objectContaining({ code: Code.Internal }));
  });

  it("takes as many fields as the limit, and no more", () => {
    const block = (count: number) => bytesOf(Array.from({ length: count }, (_, i) => `x-${i}: 1\r\n`).join(""));
    expect([...parseHeaderBlock(block(maxHeaderBlockFields))]).toHaveLength(maxHeaderBlockFields);
    expect(() => parseHeaderBlock(block(maxHeaderBlockFields + 1))).toThrow("1025 header fields");
  });

  it("reads a long value", () => {
    const long = "x".repeat(60_000);
    expect(parseHeaderBlock(bytesOf(`x-a: ${long}\r\n`)).get("x-a")).toBe(long);
  });
});

describe("serializeHeaderFields() and parseHeaderFields()", () => {
  it("keep the order of fields and each of a repeated one", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 10 }), (pairs) => {
        const fields = pairs.flat();
        expect(parseHeaderFields(serializeHeaderFields(fields))).toEqual(fields);
      }),
    );
  });

  it("keep what HTTP allows and gRPC doesn't", () => {
    const fields = ["x!a", "a\tb"];
    expect(parseHeaderFields(serializeHeaderFields(fields))).toEqual(fields);
    expect([...parseHeaderBlock(serializeHeaderFields(fields))]).toEqual([["x!a", "a\tb"]]);
  });

  it("keep an empty value, and a no-break space at an edge", () => {
    const fields = ["x-a", "", "x-b", "\xa0b\xa0"];
    expect(parseHeaderFields(serializeHeaderFields(fields))).toEqual(fields);
  });
});

describe("serializeHeaderFields()", () => {
  it.each([
    ["a value with a line break", "x-a", "1\r\ngrpc-status: 0"],
    ["a name with a colon", "x:a", "1"],
    ["no name", "", "1"],
    ["a character beyond a byte", "x-a", "\u20ac"],
  ])("refuses %s", (_, fieldName, fieldValue) => {
    expect(() => serializeHeaderFields([fieldName, fieldValue])).toThrow("can't stand in a header block");
  });
});

describe("parseHeaderFields()", () => {
  it("leaves what is illegal to who takes the fields", () => {
    expect(parseHeaderFields(bytesOf("x a: 1\r\nx-b: a\nb\r\n"))).toEqual(["x a", "1", "x-b", "a\nb"]);
  });
});

describe("assertLegalField()", () => {
  it.each([
    ["x a", "1", 'header name "x a" is not allowed'],
    ["x-b", "a\nb", "header x-b has a value with a line break"],
  ])("names the field %s", (name, value, message) => {
    expect(() => assertLegalField(name, value)).toThrow(expect.objectContaining({ code: Code.InvalidArgument }));
    expect(() => assertLegalField(name, value)).toThrow(message);
  });
});
