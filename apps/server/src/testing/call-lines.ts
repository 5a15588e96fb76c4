import type { CallLine } from "../rpc/call-log.ts";

/** The lines of calls that are over. */
export interface CallLines {
  /** The oldest first. */
  readonly lines: readonly CallLine[];
  /** Takes a line: what a server logs by. */
  readonly write: (line: CallLine) => void;
  /** Resolves with the line of the call that is over as the first, also of those to come, or as the `index`th. */
  line(index?: number): Promise<CallLine>;
}

/** Creates the list, without a line in it. */
export function createCallLines(): CallLines {
  const lines: CallLine[] = [];
  const waiting = new Set<() => void>();
  return {
    lines,
    write(line) {
      lines.push(line);
      waiting.forEach((check) => void check());
    },
    line: (index = 0) =>
      new Promise((resolve) => {
        const check = () => {
          const line = lines[index];
          if (line !== undefined) {
            waiting.delete(check);
            resolve(line);
          }
        };
        waiting.add(check);
        check();
      }),
  };
}
