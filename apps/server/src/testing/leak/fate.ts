/** What becomes of a call at a wayward server. */
export const fates = [
  "answer",
  "echo",
  "refuse",
  "refuse early",
  "end bare",
  "page",
  "silence",
  "flood",
  "cut message",
  "bad flags",
  "too long",
  "reset unseen",
  "reset refused",
  "reset after head",
  "reset with cancel",
  "reset in flood",
  "go away",
  "drop",
] as const;

/** One of `fates`. */
export type Fate = (typeof fates)[number];

/** The field of a request that tells its fate. */
export const fateField = "x-fate";
