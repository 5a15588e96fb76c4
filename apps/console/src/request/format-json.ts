const step = "  ";

/**
 * Lays out JSON anew with two spaces of indentation, one document after the other. Only white space changes: numbers,
 * strings and the order of names stay as they were typed. The text must be free of syntax faults.
 */
export function formatJson(text: string): string {
  let out = "";
  let depth = 0;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs) ?? [];
  tokens.forEach((token, at) => {
    const previous = tokens[at - 1];
    const isEmpty = (previous === "{" && token === "}") || (previous === "[" && token === "]");
    if (token === "}" || token === "]") {
      depth--;
    }
    if (previous !== undefined && !isEmpty && startsLine(token, previous, depth)) {
      out += `\n${step.repeat(depth)}`;
    }
    out += token === ":" ? ": " : token;
    if (token === "{" || token === "[") {
      depth++;
    }
  });
  return out;
}

function startsLine(token: string, previous: string, depth: number): boolean {
  const isClosing = token === "}" || token === "]";
  const isOpened = previous === "{" || previous === "[";
  const isNextDocument = depth === 0 && token !== "," && token !== ":" && previous !== ":";
  return isClosing || isOpened || previous === "," || isNextDocument;
}
