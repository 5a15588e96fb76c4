/** The longest text that is made. */
const maxLength = 1_000;

/**
 * A text that a regular expression (https://github.com/google/re2/wiki/Syntax) matches as a whole, of at least
 * `minLength` code points where the expression lets it grow: the first alternative, the fewest repeats, and the letters
 * that read best. Undefined where the expression has parts for which none is made, such as `\b`.
 */
export function textOfPattern(pattern: string, minLength = 0): string | undefined {
  for (const repeats of [0, 1, minLength]) {
    const reader = { pattern, at: 0, repeats };
    const text = readAlternatives(reader);
    if (text === undefined || reader.at < pattern.length || text.length > maxLength) {
      return undefined;
    }
    if ([...text].length >= minLength) {
      return text;
    }
  }
  return undefined;
}

interface PatternReader {
  readonly pattern: string;
  at: number;
  /** How often more than it must a part with `*`, `+` or an open count is repeated. */
  readonly repeats: number;
}

function readAlternatives(reader: PatternReader): string | undefined {
  const first = readSequence(reader);
  while (reader.pattern[reader.at] === "|") {
    reader.at++;
    if (readSequence(reader) === undefined) {
      return undefined;
    }
  }
  return first;
}

function readSequence(reader: PatternReader): string | undefined {
  let text = "";
  for (;;) {
    const next = reader.pattern[reader.at];
    if (next === undefined || next === "|" || next === ")") {
      return text;
    }
    const atom = readAtom(reader);
    const count = atom === undefined ? undefined : readCount(reader);
    if (atom === undefined || count === undefined || atom.length * count > maxLength) {
      return undefined;
    }
    text += atom.repeat(count);
  }
}

function readAtom(reader: PatternReader): string | undefined {
  const next = reader.pattern[reader.at++];
  switch (next) {
    case "^":
    case "$":
      return "";
    case ".":
      return "a";
    case "(":
      return readGroup(reader);
    case "[":
      return readClass(reader);
    case "\\":
      return readEscape(reader);
    case "*":
    case "+":
    case "?":
      return undefined;
    default:
      return next;
  }
}

function readGroup(reader: PatternReader): string | undefined {
  const { pattern } = reader;
  if (pattern[reader.at] === "?") {
    const head = /^\?(?::|P?<[A-Za-z_]\w*>)/.exec(pattern.slice(reader.at, reader.at + 80));
    if (head === null) {
      return undefined;
    }
    reader.at += head[0].length;
  }
  const text = readAlternatives(reader);
  return pattern[reader.at++] === ")" ? text : undefined;
}

/** Characters that stand for a class of them, in the order of preference. */
const preferred = "aA1b2c3x0_-. /:@#";

const classes: ReadonlyMap<string, RegExp> = new Map([
  ["d", /[0-9]/],
  ["D", /[^0-9]/],
  ["w", /[0-9A-Za-z_]/],
  ["W", /[^0-9A-Za-z_]/],
  ["s", /[\t\n\f\r ]/],
  ["S", /[^\t\n\f\r ]/],
]);

const controls: ReadonlyMap<string, string> = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["f", "\f"],
  ["v", "\v"],
]);

function readEscape(reader: PatternReader): string | undefined {
  const next = reader.pattern[reader.at++];
  if (next === undefined) {
    return undefined;
  }
  if (next === "A" || next === "z") {
    return "";
  }
  const known = classes.get(next);
  if (known !== undefined) {
    return [...preferred].find((character) => known.test(character));
  }
  return /[A-Za-z0-9]/.test(next) ? controls.get(next) : next;
}

type CharacterTest = (character: string) => boolean;

function readClass(reader: PatternReader): string | undefined {
  const { pattern } = reader;
  const isNegated = pattern[reader.at] === "^";
  if (isNegated) {
    reader.at++;
  }
  const tests: CharacterTest[] = [];
  let first: string | undefined;
  for (let isFirst = true; pattern[reader.at] !== "]" || isFirst; isFirst = false) {
    const part = readClassPart(reader);
    if (part === undefined) {
      return undefined;
    }
    first ??= part.first;
    tests.push(part.test);
  }
  reader.at++;
  const isIn = (character: string) => tests.some((test) => test(character)) !== isNegated;
  return [...preferred].find(isIn) ?? (isNegated ? undefined : first);
}

function readClassPart(reader: PatternReader): { readonly first: string; readonly test: CharacterTest } | undefined {
  const { pattern } = reader;
  const from = readClassCharacter(reader);
  if (from === undefined || from instanceof RegExp) {
    return from && { first: [...preferred].find((one) => from.test(one)) ?? "a", test: (one) => from.test(one) };
  }
  if (pattern[reader.at] !== "-" || pattern[reader.at + 1] === "]") {
    return { first: from, test: (one) => one === from };
  }
  reader.at++;
  const to = readClassCharacter(reader);
  return typeof to === "string" ? { first: from, test: (one) => one >= from && one <= to } : undefined;
}

function readClassCharacter(reader: PatternReader): string | RegExp | undefined {
  const { pattern } = reader;
  const next = pattern.codePointAt(reader.at);
  if (next === undefined || pattern.startsWith("[:", reader.at)) {
    return undefined;
  }
  const character = String.fromCodePoint(next);
  reader.at += character.length;
  if (character !== "\\") {
    return character;
  }
  const escaped = pattern[reader.at++] ?? "";
  return classes.get(escaped) ?? (/[A-Za-z0-9]/.test(escaped) ? controls.get(escaped) : escaped);
}

/** How often the part before stands. Undefined where the count is none that can be met. */
function readCount(reader: PatternReader): number | undefined {
  const rest = reader.pattern.slice(reader.at, reader.at + 20);
  const [whole = "", sign = "", least = "", comma = "", most = ""] =
    /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(rest) ?? [];
  reader.at += whole.length;
  if (whole === "") {
    return 1;
  }
  if (sign !== "") {
    return sign === "?" ? 0 : Math.max(sign === "+" ? 1 : 0, reader.repeats);
  }
  const more = comma === "" ? Number(least) : Math.max(Number(least), reader.repeats);
  return most === "" ? more : Math.min(more, Number(most));
}
