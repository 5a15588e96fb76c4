/** A file of `.proto` text. */
export interface ProtoFile {
  /** Its path within a folder, with slashes. */
  readonly path: string;
  /** Its text, in UTF-8. */
  readonly content: Uint8Array;
}

/** Why files could not be compiled. */
export interface CompileError {
  /** The file's path as it was given; empty where it is no file's fault. */
  readonly path: string;
  /** From 1; 0 where it has no place. */
  readonly line: number;
  /** From 1; 0 where it has no place. */
  readonly column: number;
  readonly message: string;
}

/** An error of a file as a whole, or of none. */
export function errorWithoutPlace(message: string, path = ""): CompileError {
  return { path, line: 0, column: 0, message };
}
