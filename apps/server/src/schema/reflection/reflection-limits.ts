/** How much is taken from a target that tells its schema. */
export interface ReflectionLimits {
  /** The most services and questions about them. */
  readonly maxServices: number;
  /** The most files. */
  readonly maxFiles: number;
  /** The largest file, in bytes; larger ones are left out. */
  readonly maxFileBytes: number;
  /** All files together, in bytes. */
  readonly maxTotalBytes: number;
  /** All answers together, in bytes: servers may send files again and again. */
  readonly maxAnswerBytes: number;
  /** The most questions. */
  readonly maxQuestions: number;
  /** How long all of it may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** What is taken unless told otherwise. */
export const defaultReflectionLimits: ReflectionLimits = {
  maxServices: 10_000,
  maxFiles: 20_000,
  maxFileBytes: 4_194_304,
  maxTotalBytes: 67_108_864,
  maxAnswerBytes: 536_870_912,
  maxQuestions: 40_000,
  timeoutMs: 30_000,
};
