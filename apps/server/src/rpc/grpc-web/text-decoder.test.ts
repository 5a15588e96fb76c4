import { Code } from "@connectrpc/connect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextDecoder } from "./text-decoder.ts";

function decodeAll(pieces: readonly string[]): string {
  const decoder = createTextDecoder();
  const bytes = pieces.map((piece) => decoder.decode(Buffer.from(piece, "latin1")));
  decoder.finish();
  return Buffer.concat(bytes).toString("hex");
}

describe("createTextDecoder()", () => {
  it("decodes segments that are padded each for itself, cut anywhere", () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), cuts, (segments, lengths) => {
        const text = segments.map((segment) => Buffer.from(segment).toString("base64")).join("");
        const pieces: string[] = [];
        for (let at = 0, i = 0; at < text.length; i++) {
          const length = lengths[i % lengths.length] ?? 1;
          pieces.push(text.slice(at, at + length));
          at += length;
        }
        expect(decodeAll(pieces)).toBe(Buffer.concat(segments).toString("hex"));
      }),
    );
  });

  it.each(["AA=A", "====", "A===", "AA A", "AA\nA", "A*AA", "-_AA"])("refuses %j", (text) => {
    expect(() => decodeAll([text])).toThrow(expect.objectContaining({ code: Code.InvalidArgument }));
  });

  it.each(["A", "AA", "AAA", "AAAAA"])("refuses %j, which ends within a group", (text) => {
    expect(() => decodeAll([text])).toThrow(expect.objectContaining({ code: Code.InvalidArgument }));
  });
});
