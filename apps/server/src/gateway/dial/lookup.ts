import { lookup } from "node:dns/promises";

/** Finds the IP addresses of a name, in the order in which they are to be tried. Rejects with Node's error. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** Asks the system, as every program of this machine does. */
export async function lookupHost(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
}
