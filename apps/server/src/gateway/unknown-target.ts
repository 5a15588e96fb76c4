import { Code, ConnectError } from "@connectrpc/connect";

/** Longer names are cut where an error quotes them, in characters. */
const maxQuotedName = 100;

/** The error of a call to a target that nobody set up; it names those that there are. */
export function unknownTarget(name: string, known: readonly string[]): ConnectError {
  const quoted = JSON.stringify(name.slice(0, maxQuotedName));
  return new ConnectError(`there is no target ${quoted}; there is ${known.join(", ")}`, Code.NotFound);
}
