import type { ShellReading } from "./command-line.ts";

/**
 * Takes a text apart as the command prompt of Windows and the programs below it do: `^` before a character or the end of
 * a line, and `"…"` with `\"` in it. A line is a command. Never throws.
 */
export function splitCommandPrompt(text: string): ShellReading {
  const joined = dropCarets(text.replaceAll("\r\n", "\n"));
  const commands = joined.split("\n").map((line) => ({ words: splitArguments(line), ...noInput }));
  return { commands: commands.filter(({ words }) => words.length > 0), substitutions: [], isUnclosed: false };
}

const noInput = { input: undefined, inputFile: undefined };

/** Within quotation marks that have no caret before them, carets are plain characters. */
function dropCarets(text: string): string {
  let isQuoted = false;
  return text.replace(/\^\n[ \t]*|\^(.)|"/gs, (whole, escaped?: string) => {
    if (whole === '"') {
      isQuoted = !isQuoted;
      return whole;
    }
    return isQuoted ? whole : (escaped ?? " ");
  });
}

/** https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
function splitArguments(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (const [part] of line.matchAll(/\\+"|""|"|\s|[^\s"\\]+|\\+/g)) {
    if (part.startsWith("\\") && part.endsWith('"')) {
      const slashes = part.length - 1;
      word = (word ?? "") + "\\".repeat(slashes >> 1);
      if (slashes % 2 === 1) {
        word += '"';
      } else {
        isQuoted = !isQuoted;
      }
    } else if (part === '""' && isQuoted) {
      word = `${word ?? ""}"`;
    } else if (part === '"' || part === '""') {
      isQuoted = part === '"' ? !isQuoted : isQuoted;
      word ??= "";
    } else if (/\s/.test(part) && !isQuoted) {
      if (word !== undefined) {
        words.push(word);
      }
      word = undefined;
    } else {
      word = (word ?? "") + part;
    }
  }
  return word === undefined ? words : [...words, word];
}

const powerShellEscapes: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/**
 * Takes a text apart as PowerShell does: `'…'` with `''` in it, `"…"` with backticks in it, a backtick before the end of
 * a line. Never throws.
 */
export function splitPowerShell(text: string): ShellReading {
  const joined = text.replaceAll("\r\n", "\n").replace(/`\n[ \t]*/g, " ");
  const commands: string[][] = [[]];
  const substitutions: string[] = [];
  let word: string | undefined;
  const parts = /'(?:[^']|'')*'|"(?:[^"`]|`.|"")*"|`.|[;|\n]|\s|[^\s;|'"`]+|['"`]/gs;
  for (const [part] of joined.matchAll(parts)) {
    const isEnd = /^[;|\n]$/.test(part);
    if (isEnd || /^\s$/.test(part)) {
      commands.at(-1)?.push(...(word === undefined ? [] : [word]));
      word = undefined;
      if (isEnd) {
        commands.push([]);
      }
      continue;
    }
    if (!part.startsWith("'")) {
      substitutions.push(...(part.match(/(?<!`)\$(?:[A-Za-z_]\w*|\{[^}]*\})/g) ?? []));
    }
    word = (word ?? "") + plainPart(part);
  }
  commands.at(-1)?.push(...(word === undefined ? [] : [word]));
  const whole = commands.filter((words) => words.length > 0).map((words) => ({ words, ...noInput }));
  return { commands: whole, substitutions, isUnclosed: false };
}

function plainPart(part: string): string {
  if (part.length > 1 && part.startsWith("'")) {
    return part.slice(1, -1).replaceAll("''", "'");
  }
  if (part.length > 1 && part.startsWith('"')) {
    return unescapePowerShell(part.slice(1, -1).replaceAll('""', '"'));
  }
  return unescapePowerShell(part);
}

function unescapePowerShell(text: string): string {
  return text.replace(/`(.)/gs, (_, escaped: string) => powerShellEscapes.get(escaped) ?? escaped);
}
