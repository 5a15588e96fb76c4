/**
 * Comments, and texts that could look like comments, so that they are passed over as a whole. One that doesn't end is passed
 * over too: looking for another from inside it would take time by the square of its length.
 */
const tokenPattern = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|\bimport\b|;/g;

/** The files that `.proto` text imports, each once. The text needn't be right: what looks like no import is passed over. */
export function findImports(text: string): string[] {
  const found = new Set<string>();
  let isImport = false;
  for (const [token] of text.matchAll(tokenPattern)) {
    if (token === "import") {
      isImport = true;
    } else if (token === ";") {
      isImport = false;
    } else if (isImport && (token.startsWith('"') || token.startsWith("'"))) {
      found.add(token.slice(1, -1));
      isImport = false;
    }
  }
  return [...found];
}
