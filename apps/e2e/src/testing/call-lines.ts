import type { RunningServer } from "./start-server.ts";

/** What the server's log tells of a call that has ended. */
export interface CallLine {
  readonly method: string;
  readonly protocol: string;
  readonly status: string;
  /** When the line was written, in milliseconds since 1970. */
  readonly at: number;
}

/** The calls that a server has logged so far, in the order of their ends, without those that serve the page itself. */
export function callLines(server: RunningServer): readonly CallLine[] {
  return server
    .log()
    .split("\n")
    .filter((line) => line.startsWith("{") && line.endsWith("}"))
    .map((line) => JSON.parse(line))
    .filter(({ msg, method }) => msg === "call" && !method.startsWith("/switchboard.console."))
    .map(({ method, protocol, status, time }) => ({ method, protocol, status, at: Date.parse(time) }));
}
