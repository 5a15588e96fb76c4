import { fileURLToPath } from "node:url";
import { type Command, runCommand } from "./run-command.ts";

/** A client in another language. */
export interface InteropPeer {
  name: string;
  /** Gets the tools, generates the code and builds the client; rejects where the toolchain is missing. */
  prepare(): Promise<(address: string) => Command>;
}

/** What became of a client. */
export type InteropOutcome =
  | { kind: "passed"; said: string }
  | { kind: "failed"; reason: string }
  /** Its toolchain is missing, or the tools could not be had. */
  | { kind: "not run"; reason: string };

/** The proto files as they were published. */
export const ORIGINALS = fileURLToPath(new URL("../../../../proto/original", import.meta.url));

/** Where tools and generated code are kept between runs; not part of the repository. */
export const CACHE = fileURLToPath(new URL("../../../../node_modules/.cache/interop", import.meta.url));

const RUN_TIMEOUT_MS = 60_000;

/**
 * Runs a client against a server.
 *
 * @param address HOST:PORT
 */
export async function runInteropPeer(peer: InteropPeer, address: string): Promise<InteropOutcome> {
  let command: Command;
  try {
    command = (await peer.prepare())(address);
  } catch (error) {
    return { kind: "not run", reason: messageOf(error) };
  }
  try {
    return { kind: "passed", said: await runCommand({ timeoutMs: RUN_TIMEOUT_MS, ...command }) };
  } catch (error) {
    return { kind: "failed", reason: messageOf(error) };
  }
}

/** What a thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
