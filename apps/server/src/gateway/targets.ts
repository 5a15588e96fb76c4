import { Code, ConnectError } from "@connectrpc/connect";
import type { GatewayTarget } from "./target.ts";

/** The targets of the gateway, by their names. */
export interface Targets {
  /** The target of this name; one that nobody set up refuses every call with `NOT_FOUND`. */
  find(name: string): GatewayTarget;
}

/** Longer names are cut where an error quotes them, in characters. */
const maxQuotedName = 100;

/** Creates the register of targets. */
export function createTargets(known: readonly GatewayTarget[]): Targets {
  const byName = new Map(known.map((target) => [target.name, target]));
  return { find: (name) => byName.get(name) ?? createMissingTarget(name, [...byName.keys()]) };
}

/** The error of a call to a target that nobody set up; it names those that there are. */
export function unknownTarget(name: string, known: readonly string[]): ConnectError {
  const quoted = JSON.stringify(name.slice(0, maxQuotedName));
  return new ConnectError(`there is no target ${quoted}; there is ${known.join(", ")}`, Code.NotFound);
}

function createMissingTarget(name: string, known: readonly string[]): GatewayTarget {
  return { name, open: () => Promise.reject(unknownTarget(name, known)) };
}
