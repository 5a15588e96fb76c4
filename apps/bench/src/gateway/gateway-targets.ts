import type { Target } from "../calls/targets.ts";
import { addedLatencyName } from "./cases/added-latency-case.ts";
import { forwardedStreamName } from "./cases/forwarded-stream-case.ts";
import { forwardedUnaryName } from "./cases/forwarded-unary-case.ts";
import { stalledReaderNames } from "./cases/stalled-reader-case.ts";
import { gatewayNames } from "./gateway-names.ts";

/** What the gateway is to reach. */
export const gatewayTargets: readonly Target[] = [
  { what: forwardedUnaryName, bound: { kind: "ratio", peer: gatewayNames.direct, limit: 0.28 } },
  { what: addedLatencyName, bound: { kind: "beyond", peer: gatewayNames.direct, limit: 0.5 } },
  { what: forwardedStreamName, bound: { kind: "atLeast", limit: 100_000 } },
  { what: stalledReaderNames.http, bound: { kind: "atMost", limit: 32 } },
  { what: stalledReaderNames.websocket, bound: { kind: "atMost", limit: 32 } },
];
