import type { Case } from "../calls/case.ts";
import { type H2load, noH2load } from "../calls/h2load.ts";
import { canReadMemory } from "../calls/resident-memory.ts";
import type { PreparedCases } from "../calls/run-benchmark.ts";
import type { Subject } from "../calls/subject.ts";
import { createAddedLatencyCase } from "./cases/added-latency-case.ts";
import { createForwardedStreamCase } from "./cases/forwarded-stream-case.ts";
import { createForwardedUnaryCase } from "./cases/forwarded-unary-case.ts";
import { createStalledReaderCase } from "./cases/stalled-reader-case.ts";
import { gatewayNames } from "./gateway-names.ts";
import { type Contenders, type ContendersOptions, createContenders, nodeSubject } from "./gateway-subjects.ts";

/** What `createGatewayCases` needs. */
export interface GatewayCasesOptions extends ContendersOptions {
  /** Undefined where there is none. */
  readonly h2load: H2load | undefined;
}

/** Creates the cases that this machine has the tools for, in the order in which they are run, and says which it lacks. */
export function createGatewayCases({ h2load, ...options }: GatewayCasesOptions): PreparedCases {
  const bare: Subject = { ...nodeSubject(gatewayNames.direct, "../../calls/subjects/bare-http2.ts"), echoes: true };
  const engine = nodeSubject("the engine", "../../calls/subjects/engine.ts");
  const flood = nodeSubject("a flood", "flood.ts");
  const unary = allOf(createContenders(options, bare));
  const { switchboard, rivals } = createContenders(options, flood);
  const loadCases: readonly Case[] = h2load
    ? [
        createForwardedUnaryCase(h2load, unary, bare),
        createForwardedStreamCase(h2load, allOf(createContenders(options, engine))),
      ]
    : [];
  // The forwarder has no back-pressure: it would hold the whole of it.
  const memoryCases = canReadMemory ? [createStalledReaderCase([switchboard, ...rivals])] : [];
  return {
    cases: [...loadCases, createAddedLatencyCase(unary, bare), ...memoryCases],
    leftOut: [
      ...options.rivals.leftOut,
      ...(h2load ? [] : [{ what: "unary and stream", reason: noH2load }]),
      ...(canReadMemory ? [] : [{ what: "stall", reason: "only Linux tells the memory of another process" }]),
    ],
  };
}

function allOf({ switchboard, forwarder, rivals }: Contenders) {
  return [switchboard, forwarder, ...rivals];
}
