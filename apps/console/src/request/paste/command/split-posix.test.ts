import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitPosix } from "./split-posix.ts";
import { splitCommandPrompt, splitPowerShell } from "./split-windows.ts";

function wordsOf(text: string): readonly (readonly string[])[] {
  return splitPosix(text).commands.map(({ words }) => words);
}

const anyCharacter = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code));

describe("splitPosix()", () => {
  it.each([
    [String.raw`a 'b c' "d e" f\ g`, ["a", "b c", "d e", "f g"]],
    [`-d '{"a": "b"}'`, ["-d", '{"a": "b"}']],
    [String.raw`-d "{\"a\": \"\\n\"}"`, ["-d", String.raw`{"a": "\n"}`]],
    [String.raw`$'a\n\'\u00e9' ''`, ["a\n'é", ""]],
    [String.raw`'it'\''s'`, ["it's"]],
    ["a \\\n  b # c\n", ["a", "b"]],
    ["a#b 2>&1 > out", ["a#b"]],
    ["a \\\r\n b", ["a", "b"]],
  ])("takes %j apart", (text, words) => {
    expect(wordsOf(text)).toEqual([words]);
  });

  it("takes lists and pipes apart", () => {
    expect(wordsOf("cd /tmp && a b; c | d\ne")).toEqual([["cd", "/tmp"], ["a", "b"], ["c"], ["d"], ["e"]]);
  });

  it.each([
    ["a <<EOF\nx\n$y\nEOF\nb", "x\n$y"],
    ["a <<-'E F' -c\n\tx\n\tE F", "x"],
    ["a <<< 'x y'", "x y\n"],
    [`echo -n '{"a": 1}' | a`, '{"a": 1}'],
    ["printf '%s' x | a", "x"],
    ["printf 'x\\ny' | a", "x\ny"],
    ["cat <<EOF | a\nx\nEOF\n", "x"],
    ["cat x | a", undefined],
    ["a", undefined],
  ])("tells the input of %j", (text, input) => {
    expect(splitPosix(text).commands.find(({ words }) => words[0] === "a")?.input).toBe(input);
  });

  it("keeps what the shell would fill in, and tells it", () => {
    const { commands, substitutions } = splitPosix("a \"Bearer $TOKEN\" $(date) `b` '$no' $1");
    expect(commands[0]?.words).toEqual(["a", "Bearer $TOKEN", "$(date)", "`b`", "$no", "$1"]);
    expect(substitutions).toEqual(["$TOKEN", "$(date)", "`b`", "$1"]);
  });

  it("tells of a quotation mark without its other half, and of the file on standard input", () => {
    expect(splitPosix("a 'b c").isUnclosed).toBe(true);
    expect(splitPosix("a 'b c'").isUnclosed).toBe(false);
    expect(splitPosix("a < b.json").commands[0]).toEqual({ words: ["a"], input: undefined, inputFile: "b.json" });
  });

  it("brings every word back that was quoted", () => {
    const word = fc.string({ unit: anyCharacter }).filter((text) => !text.includes("\r"));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const line = words.map((text) => `'${text.replaceAll("'", "'\\''")}'`).join(" ");
        expect(wordsOf(line)).toEqual([words]);
      }),
    );
  });

  it("never throws, and ends, for any text", () => {
    const parts = fc.constantFrom(..."'\"\\$`|&;<>#\n ", "a", "<<E", "$(", "$'", "E\n", "${");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (list) => {
        expect(splitPosix(list.join("")).commands.length).toBeLessThanOrEqual(list.length);
        expect(splitPowerShell(list.join("")).commands.length).toBeLessThanOrEqual(list.length);
        expect(splitCommandPrompt(list.join("")).commands.length).toBeLessThanOrEqual(list.length + 1);
      }),
      { numRuns: 500 },
    );
  });
});

describe("splitCommandPrompt()", () => {
  it("reads what browsers copy for it", () => {
    const text =
      'curl ^"https://a.test/x?y=1^&z=2^" ^\r\n  -H ^"a: b^" ^\r\n  --data-raw ^"^{^\\^"name^\\^":^\\^"x y^\\^"^}^"';
    expect(splitCommandPrompt(text).commands.map(({ words }) => words)).toEqual([
      ["curl", "https://a.test/x?y=1&z=2", "-H", "a: b", "--data-raw", '{"name":"x y"}'],
    ]);
  });
});

describe("splitPowerShell()", () => {
  it("reads its quotes and continued lines", () => {
    const text = 'a `\n  -d \'{"x": "it\'\'s"}\' `\n  "b `"c`" $d"';
    const { commands, substitutions } = splitPowerShell(text);
    expect(commands.map(({ words }) => words)).toEqual([["a", "-d", '{"x": "it\'s"}', 'b "c" $d']]);
    expect(substitutions).toEqual(["$d"]);
  });
});
