/** One command of a shell, taken apart into what its program would be given. */
export interface CommandLine {
  readonly words: readonly string[];
  /** What its standard input holds, where the text tells; undefined where it holds nothing, or nobody can tell. */
  readonly input: string | undefined;
  /** The file that its standard input comes from. */
  readonly inputFile: string | undefined;
}

/** What a shell makes of a text. */
export interface ShellReading {
  readonly commands: readonly CommandLine[];
  /** Variables and commands that the shell would have filled in, as they are written. */
  readonly substitutions: readonly string[];
  /** Whether a quotation mark stands without its other half. */
  readonly isUnclosed: boolean;
}
