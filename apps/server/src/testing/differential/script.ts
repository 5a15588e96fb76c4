/** A field of metadata. Its name may occur again in a list of them. */
export type Field = readonly [name: string, value: string];

/** How a scripted call ends, after its messages. */
export type ScriptEnd =
  | { readonly kind: "ok" }
  /** With a ConnectError. The details are the texts of StringValue messages. */
  | {
      readonly kind: "error";
      readonly code: number;
      readonly message: string;
      readonly details: readonly string[];
      readonly metadata: readonly Field[];
    }
  /** With an error that is no ConnectError. */
  | { readonly kind: "fault"; readonly message: string }
  /** With whatever its signal aborts with; until then it waits. */
  | { readonly kind: "when-aborted" }
  /** As it should, but only once a few milliseconds have passed. */
  | { readonly kind: "slow" }
  /** Not at all, whatever its signal says. */
  | { readonly kind: "never" };

/** What the probe service is told to do in one call. */
export interface Script {
  readonly headers: readonly Field[];
  readonly trailers: readonly Field[];
  /** How many messages a stream of answers has. A bidi stream has one for each message that it reads, at most so many. */
  readonly yields: number;
  readonly end: ScriptEnd;
  /** Whether a stream of requests is read to its end before the first answer; otherwise nothing of it is read. */
  readonly reads: boolean;
}

/** The request header that carries a script. */
export const scriptHeader = "x-script";

/** A script that answers with one message and no metadata. */
export const plainScript: Script = { headers: [], trailers: [], yields: 1, end: { kind: "ok" }, reads: true };

/** Writes a script as the value of a header, in printable ASCII. */
export function formatScript(script: Script): string {
  return JSON.stringify(script).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Reads the script off the header's value; without one it is `plainScript`. */
export function parseScript(text: string | undefined | null): Script {
  return text === undefined || text === null ? plainScript : (JSON.parse(text) as Script); // `formatScript` wrote it.
}
