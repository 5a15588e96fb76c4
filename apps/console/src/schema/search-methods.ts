import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { type PreparedName, prepareName, queryWords, rankName } from "./rank-name.ts";

/**
 * The methods that match `query`, the best first; all of them in their own order where it is blank. Case makes no
 * difference. Every word of the query must be found in the method's or the service's name: as a beginning, as the
 * initials (`sh` finds `SayHello`), or anywhere, in that order of rank; a hit in the method's name ranks above one in
 * the service's.
 */
export function searchMethods(services: Iterable<DescService>, query: string): DescMethod[] {
  const words = queryWords(query);
  const hits: { method: DescMethod; rank: number }[] = [];
  for (const service of services) {
    for (const method of service.methods) {
      const rank = rankMethod(method, words);
      if (rank !== undefined) {
        hits.push({ method, rank });
      }
    }
  }
  // Sorting is stable, so that equal ranks keep the services' order.
  return hits.sort((a, b) => a.rank - b.rank).map(({ method }) => method);
}

const serviceNamePenalty = 10;

function rankMethod(method: DescMethod, words: readonly string[]): number | undefined {
  let sum = 0;
  for (const word of words) {
    const rank = rankName(preparedName(method), word) ?? addPenalty(rankName(preparedName(method.parent), word));
    if (rank === undefined) {
      return undefined;
    }
    sum += rank;
  }
  return sum;
}

function addPenalty(rank: number | undefined): number | undefined {
  return rank === undefined ? undefined : rank + serviceNamePenalty;
}

/** Prepared once: a query is asked anew with each key, of thousands of methods. */
const prepared = new WeakMap<DescMethod | DescService, PreparedName>();

function preparedName(desc: DescMethod | DescService): PreparedName {
  const known = prepared.get(desc);
  if (known !== undefined) {
    return known;
  }
  const fresh = prepareName(desc.kind === "rpc" ? desc.name : desc.typeName);
  prepared.set(desc, fresh);
  return fresh;
}
