import { type JsonToken, readToken } from "../json/json-token.ts";

const whiteSpace = /^[ \t\r\n]*$/;

/** Whether a text is empty but for JSON's white space. */
export function isBlank(text: string): boolean {
  return whiteSpace.test(text);
}

/** Where the text before `to`, but not before `from`, ends without its white space. */
export function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(text[end - 1] ?? "")) {
    end--;
  }
  return end;
}

/** One level of indentation, as the text has it: two spaces where it has none. */
export function indentUnit(text: string): string {
  return /\n(\t|[ ]+)/.exec(text)?.[1] ?? "  ";
}

/** The white space at the beginning of the line that `offset` is in. */
export function lineIndent(text: string, offset: number): string {
  const lineFrom = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineFrom, offset))?.[0] ?? "";
}

/** Whether the text has no space behind its colons. */
export function isCompact(text: string): boolean {
  return /":\S/.exec(text)?.index === text.indexOf('":') && text.includes('":');
}

/** Shifts the lines of a value behind its first so that the last of them is indented by `indent`. */
export function indentLines(json: string, indent: string): string {
  const lines = json.split("\n");
  const own = /^[ \t]*/.exec(lines.at(-1) ?? "")?.[0] ?? "";
  return lines
    .map((line, at) => (at === 0 ? line : indent + (line.startsWith(own) ? line.slice(own.length) : line)))
    .join("\n");
}

/** Lays JSON out on one line. A text with a string that its line's end ends stays as it is. */
export function onOneLine(json: string): string {
  if (!json.includes("\n")) {
    return json;
  }
  let out = "";
  let before: JsonToken | undefined;
  for (let token = readToken(json, 0); token.kind !== "end"; token = readToken(json, token.to)) {
    if (token.kind === "string" && token.fault !== undefined) {
      return json;
    }
    const blank = json.slice(before?.to ?? 0, token.from);
    const isEdge = before === undefined || "{[".includes(before.kind) || "}]".includes(token.kind);
    out += (blank.includes("\n") ? (isEdge ? "" : " ") : blank) + json.slice(token.from, token.to);
    before = token;
  }
  return out;
}
