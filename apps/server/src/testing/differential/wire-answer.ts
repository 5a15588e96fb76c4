import type { Field } from "./script.ts";

/** What a client got for a request. */
export interface WireAnswer {
  /** Undefined where there was no response within the time that a client waits. */
  readonly status: number | undefined;
  readonly headers: readonly Field[];
  readonly body: Uint8Array;
  readonly trailers: readonly Field[];
  /** How the response ended: as it should, by a cut connection or reset stream, or not at all while the client waited. */
  readonly ending: "complete" | "cut" | "none";
  /** Whether the connection answered another request afterwards. Known of HTTP/1.1 alone. */
  readonly reusable: boolean | undefined;
}

/** How long a client waits for a response, in milliseconds. */
export const patienceMs = 3_000;

/** An answer that never came. */
export const noAnswer: WireAnswer = {
  status: undefined,
  headers: [],
  body: new Uint8Array(0),
  trailers: [],
  ending: "none",
  reusable: undefined,
};
