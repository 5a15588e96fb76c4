import type { CommandLine, ShellReading } from "./command-line.ts";
import type { Tool } from "./known-tools.ts";
import { splitPosix } from "./split-posix.ts";
import { splitCommandPrompt, splitPowerShell } from "./split-windows.ts";

/** A command line of a known program within a text. */
export interface FoundCommand {
  readonly tool: Tool;
  /** What stands behind the program's name. */
  readonly words: readonly string[];
  readonly line: CommandLine;
  readonly shell: ShellReading;
}

/** The longest text that is taken apart as a command: 1 Mi UTF-16 units, more than any shell takes. */
const maxCommandLength = 1_048_576;

/** The first command line of a known program in a text that is one; undefined where it is something else. */
export function findCommand(text: string): FoundCommand | undefined {
  // Most texts are no commands, and a look tells.
  if (text.length > maxCommandLength || !/\b(?:grpcurl|curl)\b/.test(text)) {
    return undefined;
  }
  const shell = split(dropPrompts(text));
  for (const line of shell.commands) {
    const found = findTool(line.words);
    if (found !== undefined) {
      return { ...found, line, shell };
    }
  }
  return undefined;
}

function split(text: string): ShellReading {
  if (/\^\s*\r?\n|\^"/.test(text)) {
    return splitCommandPrompt(text);
  }
  return /`[ \t]*\r?\n/.test(text) || /^\s*PS\b/.test(text) ? splitPowerShell(text) : splitPosix(text);
}

function dropPrompts(text: string): string {
  return text.replace(/^\s*(?:(?:PS )?[A-Z]:\\[^>\n]*>|PS>|[$%❯➜>#])\s+/, "");
}

/** Programs that run the one behind them. */
const runners = /^(?:sudo|time|exec|env|command|npx|npm|pnpm|yarn|bunx|docker|podman|kubectl|nerdctl|watch|&)$/;
const assignment = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** So many words may stand before the program: `docker run --rm --network host fullstorydev/grpcurl`. */
const maxWordsBefore = 20;

function findTool(words: readonly string[]): Pick<FoundCommand, "tool" | "words"> | undefined {
  const own = words.findIndex((word) => !assignment.test(word));
  const isRun = runners.test(words[own] ?? "");
  for (let at = own; at !== -1 && at < Math.min(words.length, isRun ? own + maxWordsBefore : own + 1); at++) {
    const name = programOf(words[at] ?? "");
    if (name === "grpcurl" || name === "curl") {
      return { tool: name, words: words.slice(at + 1) };
    }
    const verb = name === "buf" ? words.indexOf("curl", at) : -1;
    if (verb !== -1) {
      return { tool: "buf-curl", words: [...words.slice(at + 1, verb), ...words.slice(verb + 1)] };
    }
  }
  return undefined;
}

/** `/usr/bin/grpcurl`, `grpcurl.exe` and the image `fullstorydev/grpcurl:latest` are `grpcurl`. */
function programOf(word: string): string {
  return word.slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1).replace(/(?:\.exe|[:@][\w.-]+)$/i, "");
}
