import { localTargetName } from "../net/call-path.ts";
import type { CallEngine } from "../rpc/call-engine.ts";
import type { GatewayTarget, Wire } from "./gateway-target.ts";
import { createLocalUpstream } from "./local-upstream.ts";

const wires: ReadonlySet<Wire> = new Set(["grpc", "grpc-web", "connect"]);

/**
 * Creates the target that this server's own services are.
 *
 * @param maxMessageBytes the longest message that the services take
 */
export function createLocalTarget(engine: CallEngine, maxMessageBytes: number): GatewayTarget {
  return {
    name: localTargetName,
    upstream: createLocalUpstream(engine),
    wires,
    learnWires: () => Promise.resolve(wires),
    heldFields: [],
    maxMessageBytes,
    defaultDeadlineMs: undefined,
  };
}
