import type { ArticleListResponse } from "@switchboard/proto/gen/article_pb.js";
import type { Case } from "./case.ts";
import { createConcurrencyCase } from "./cases/concurrency-case.ts";
import { createHalfLoadCase } from "./cases/half-load-case.ts";
import { createIdleStreamsCase } from "./cases/idle-streams-case.ts";
import { createPingPongCase } from "./cases/ping-pong-case.ts";
import { createStreamCase, createTwoWayCase } from "./cases/stream-case.ts";
import { createUnaryCases } from "./cases/unary-cases.ts";
import { type H2load, noH2load } from "./h2load.ts";
import { canReadMemory } from "./resident-memory.ts";
import type { LeftOut } from "./results.ts";
import type { Subjects } from "./subjects.ts";

/** What `createCases` needs. */
export interface CasesOptions {
  /** Undefined where there is none. */
  readonly h2load: H2load | undefined;
  readonly subjects: Subjects;
  /** The first page of the store that the subjects read. */
  readonly firstPage: ArticleListResponse;
}

/** Creates the cases that this machine has the tools for, in the order in which they are run, and says which it lacks. */
export function createCases({ h2load, subjects, firstPage }: CasesOptions): {
  readonly cases: readonly Case[];
  readonly leftOut: readonly LeftOut[];
} {
  const { switchboard, engine, bareHttp2, stockHttp2, grpcJs, python } = subjects;
  const streaming = [switchboard, stockHttp2, grpcJs, ...python];
  const loadCases = h2load && [
    ...createUnaryCases({ h2load, subjects, firstPage }),
    createStreamCase(h2load, [engine, stockHttp2, grpcJs, ...python]),
    createTwoWayCase(h2load, streaming),
    createConcurrencyCase(h2load, [switchboard, bareHttp2]),
    createHalfLoadCase(h2load, [switchboard, bareHttp2]),
  ];
  const memoryCases = canReadMemory ? [createIdleStreamsCase([switchboard, stockHttp2, grpcJs])] : [];
  return {
    cases: [...(loadCases ?? []), createPingPongCase(streaming), ...memoryCases],
    leftOut: [
      ...(h2load ? [] : [{ what: "every case but ping-pong and idle-streams", reason: noH2load }]),
      ...(canReadMemory ? [] : [{ what: "idle-streams", reason: "only Linux tells the memory of another process" }]),
    ],
  };
}
