import type { CommandLine, ShellReading } from "./command-line.ts";
import { unescapeAnsi } from "./unescape-ansi.ts";

/**
 * Takes a text apart as a POSIX shell does (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html),
 * with Bash's `$'…'` and `<<<` besides: quotes, continued lines, comments, lists, pipes, here-documents. What `echo`,
 * `printf` and `cat <<EOF` write into a pipe is the input of the command behind it. Variables and commands within
 * commands are left as they are written. Never throws.
 */
export function splitPosix(text: string): ShellReading {
  const shell = createShell(text.replaceAll("\r\n", "\n"));
  while (shell.at < shell.text.length) {
    readNext(shell);
  }
  endCommand(shell);
  return { commands: joinPipes(shell.commands), substitutions: shell.substitutions, isUnclosed: shell.isUnclosed };
}

interface OpenCommand {
  readonly words: string[];
  input: string | undefined;
  inputFile: string | undefined;
  /** Whether its output goes to the next command. */
  isPiped: boolean;
}

interface Heredoc {
  readonly command: OpenCommand;
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

interface Shell {
  readonly text: string;
  at: number;
  /** The word under way; undefined between words. */
  word: string | undefined;
  command: OpenCommand;
  readonly commands: OpenCommand[];
  readonly heredocs: Heredoc[];
  readonly substitutions: string[];
  isUnclosed: boolean;
}

function createCommand(): OpenCommand {
  return { words: [], input: undefined, inputFile: undefined, isPiped: false };
}

function createShell(text: string): Shell {
  return {
    text,
    at: 0,
    word: undefined,
    command: createCommand(),
    commands: [],
    heredocs: [],
    substitutions: [],
    isUnclosed: false,
  };
}

function readNext(shell: Shell): void {
  const { text, at } = shell;
  const next = text[at] ?? "";
  if (next === "\n") {
    endCommand(shell);
    shell.at++;
    readHeredocs(shell);
  } else if (/\s/.test(next)) {
    endWord(shell);
    shell.at++;
  } else if (next === "#" && shell.word === undefined) {
    const end = text.indexOf("\n", at);
    shell.at = end === -1 ? text.length : end;
  } else if (next === ";" || next === "&" || next === "|") {
    const length = text[at + 1] === next ? 2 : 1;
    shell.command.isPiped = next === "|" && length === 1;
    endCommand(shell);
    shell.at += length;
  } else if (next === "<" || next === ">") {
    readRedirection(shell);
  } else {
    readWordPart(shell);
  }
}

function endWord(shell: Shell): void {
  if (shell.word !== undefined) {
    shell.command.words.push(shell.word);
    shell.word = undefined;
  }
}

function endCommand(shell: Shell): void {
  endWord(shell);
  if (shell.command.words.length > 0) {
    shell.commands.push(shell.command);
    shell.command = createCommand();
  }
}

function readRedirection(shell: Shell): void {
  // A digit before it says which stream is meant.
  shell.word = /^[0-9]$/.test(shell.word ?? "") ? undefined : shell.word;
  endWord(shell);
  const sign = /^(?:<<<|<<-?|<[&>]?|>>|>[&|]?)/.exec(shell.text.slice(shell.at, shell.at + 3))?.[0] ?? "";
  shell.at += sign.length;
  const { command } = shell;
  const operand = readOperand(shell);
  if (sign === "<<<") {
    command.input = `${operand}\n`;
  } else if (sign.startsWith("<<")) {
    shell.heredocs.push({ command, delimiter: operand, stripsTabs: sign === "<<-" });
  } else if (sign === "<") {
    command.inputFile = operand;
  }
}

/** Reads the word after a sign of redirection. */
function readOperand(shell: Shell): string {
  while (shell.text[shell.at] === " " || shell.text[shell.at] === "\t") {
    shell.at++;
  }
  while (shell.at < shell.text.length && !/[\s;&|<>]/.test(shell.text[shell.at] ?? "")) {
    readWordPart(shell);
  }
  const { word = "" } = shell;
  shell.word = undefined;
  return word;
}

function readHeredocs(shell: Shell): void {
  for (const { command, delimiter, stripsTabs } of shell.heredocs.splice(0)) {
    const lines: string[] = [];
    let isEnded = false;
    while (shell.at < shell.text.length && !isEnded) {
      const end = shell.text.indexOf("\n", shell.at);
      const raw = shell.text.slice(shell.at, end === -1 ? undefined : end);
      const line = stripsTabs ? raw.replace(/^\t+/, "") : raw;
      shell.at = end === -1 ? shell.text.length : end + 1;
      isEnded = line === delimiter;
      if (!isEnded) {
        lines.push(line);
      }
    }
    command.input = lines.join("\n");
  }
}

function add(shell: Shell, text: string): void {
  shell.word = (shell.word ?? "") + text;
}

function readWordPart(shell: Shell): void {
  const { text, at } = shell;
  const next = text[at] ?? "";
  switch (next) {
    case "\\":
      if (text[at + 1] !== "\n") {
        add(shell, text[at + 1] ?? "\\");
      }
      shell.at += 2;
      break;
    case "'": {
      const end = text.indexOf("'", at + 1);
      add(shell, text.slice(at + 1, end === -1 ? undefined : end));
      close(shell, end);
      break;
    }
    case '"':
      shell.at++;
      readDoubleQuotes(shell);
      break;
    case "$":
    case "`":
      readDollar(shell);
      break;
    default: {
      const plain = /^[^\s\\'"$`;&|<>]+/.exec(text.slice(at, at + maxPlain))?.[0] ?? next;
      add(shell, plain);
      shell.at += plain.length;
    }
  }
}

const maxPlain = 4_096;

/** Moves past a closing quotation mark, or to the end of the text where there is none. */
function close(shell: Shell, end: number): void {
  shell.isUnclosed ||= end === -1;
  shell.at = end === -1 ? shell.text.length : end + 1;
}

function readDoubleQuotes(shell: Shell): void {
  const { text } = shell;
  add(shell, "");
  while (shell.at < text.length) {
    const next = text[shell.at] ?? "";
    if (next === '"') {
      shell.at++;
      return;
    }
    if (next === "\\") {
      const escaped = text[shell.at + 1] ?? "";
      add(shell, '$`"\\'.includes(escaped) ? escaped : escaped === "\n" ? "" : `\\${escaped}`);
      shell.at += 2;
    } else if (next === "$" || next === "`") {
      readSubstitution(shell);
    } else {
      const end = /["\\$`]/.exec(text.slice(shell.at))?.index ?? text.length - shell.at;
      add(shell, text.slice(shell.at, shell.at + end));
      shell.at += end;
    }
  }
  shell.isUnclosed = true;
}

function readDollar(shell: Shell): void {
  const { text, at } = shell;
  if (text.startsWith("$'", at)) {
    const end = /^(?:[^'\\]|\\.)*'/s.exec(text.slice(at + 2))?.[0].length;
    const to = end === undefined ? text.length : at + 1 + end;
    add(shell, unescapeAnsi(text.slice(at + 2, to)));
    close(shell, end === undefined ? -1 : to);
  } else if (text.startsWith('$"', at)) {
    shell.at += 2;
    readDoubleQuotes(shell);
  } else {
    readSubstitution(shell);
  }
}

const substitution = /(?:\$[A-Za-z_][A-Za-z0-9_]*|\$\{[^}\n]*\}|\$\([^)\n]*\)|\$[0-9@*#?$!-]|`[^`\n]*`)/y;

function readSubstitution(shell: Shell): void {
  substitution.lastIndex = shell.at;
  const found = substitution.exec(shell.text)?.[0];
  if (found !== undefined) {
    shell.substitutions.push(found);
  }
  const written = found ?? shell.text[shell.at] ?? "";
  add(shell, written);
  shell.at += written.length;
}

function joinPipes(commands: readonly OpenCommand[]): readonly CommandLine[] {
  let piped: string | undefined;
  return commands.map((command) => {
    const input = command.input ?? piped;
    piped = command.isPiped ? outputOf({ ...command, input }) : undefined;
    return { words: command.words, input, inputFile: command.inputFile };
  });
}

/** What the commands write that people put in front of a pipe. */
function outputOf({ words: [program = "", ...words], input }: OpenCommand): string | undefined {
  switch (program) {
    case "echo": {
      const rest = words.slice(words.findIndex((word) => !/^-[neE]+$/.test(word)));
      return rest.join(" ");
    }
    case "printf": {
      const [format = "", ...values] = words;
      const isPlain = /^(?:%s(?:\\n)?)+$/.test(format);
      return isPlain ? values.join("\n") : unescapeAnsi(format);
    }
    case "cat":
      return words.length === 0 || words.join() === "-" ? input : undefined;
    default:
      return undefined;
  }
}
