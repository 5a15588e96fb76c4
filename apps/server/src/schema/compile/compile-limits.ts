/** How much is taken to be compiled. */
export interface CompileLimits {
  readonly maxFiles: number;
  /** The largest file, in bytes. */
  readonly maxFileBytes: number;
  /** All files together, in bytes. */
  readonly maxTotalBytes: number;
  /** What the compiler may write, in bytes. */
  readonly maxOutputBytes: number;
  /** How long the compiler may run, in milliseconds. */
  readonly timeoutMs: number;
}

/** What is taken unless told otherwise. */
export const defaultCompileLimits: CompileLimits = {
  maxFiles: 5_000,
  maxFileBytes: 4_194_304,
  maxTotalBytes: 16_777_216,
  maxOutputBytes: 67_108_864,
  timeoutMs: 30_000,
};
