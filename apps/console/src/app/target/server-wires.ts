import { type Target, Target_Origin, Wire } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { allWires, type ServerWire } from "../../call/wire-protocol.ts";

/** What a target is taken to speak while nobody has asked: the gateway finds out with the first call. */
const assumedWires: ReadonlySet<ServerWire> = new Set<ServerWire>(["grpc", "grpc-web"]);

/** What a target speaks. */
export function serverWires({ origin, wires }: Pick<Target, "origin" | "wires">): ReadonlySet<ServerWire> {
  if (origin === Target_Origin.BUILT_IN) {
    return allWires;
  }
  const known = wires.flatMap((wire) => toServerWire(wire) ?? []);
  return known.length === 0 ? assumedWires : new Set(known);
}

function toServerWire(wire: Wire): ServerWire | undefined {
  switch (wire) {
    case Wire.GRPC:
      return "grpc";
    case Wire.GRPC_WEB:
      return "grpc-web";
    case Wire.CONNECT:
      return "connect";
    default:
      // A newer server may know more than this page.
      return undefined;
  }
}
