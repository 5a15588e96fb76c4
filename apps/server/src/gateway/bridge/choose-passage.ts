import { Code, ConnectError } from "@connectrpc/connect";
import type { WireForm } from "../../rpc/protocol.ts";
import type { GatewayTarget, Wire } from "../gateway-target.ts";
import { grpcWebBridge } from "./grpc-web-bridge.ts";
import { connectStreamPassage, connectUnaryPassage, grpcPassage, grpcWebPassage } from "./pass-through.ts";
import type { Passage } from "./passage.ts";

/** The ways that calls of each form may go to a target, the best first. */
const passages: Readonly<Record<WireForm, readonly Passage[]>> = {
  grpc: [grpcPassage],
  "grpc-web": [grpcWebBridge, grpcWebPassage],
  "connect-stream": [connectStreamPassage],
  "connect-unary": [connectUnaryPassage],
};

/**
 * Chooses how calls of a form go to a target.
 *
 * @throws ConnectError with `UNIMPLEMENTED` where the target speaks nothing that fits; it says what would.
 */
export function choosePassage(form: WireForm, wires: ReadonlySet<Wire>, { name }: GatewayTarget): Passage {
  for (const passage of passages[form]) {
    if (wires.has(passage.wire)) {
      return passage;
    }
  }
  throw new ConnectError(
    `the target ${JSON.stringify(name)} speaks ${listOf(wires)}, and can't be called by ${formNames[form]}; ` +
      `call it by ${remedy(wires)}`,
    Code.Unimplemented,
  );
}

const wireNames: Readonly<Record<Wire, string>> = { grpc: "gRPC", "grpc-web": "gRPC-Web", connect: "Connect" };

const formNames: Readonly<Record<WireForm, string>> = {
  grpc: "gRPC",
  "grpc-web": "gRPC-Web",
  "connect-stream": "Connect",
  "connect-unary": "Connect",
};

function listOf(wires: ReadonlySet<Wire>): string {
  return wires.size === 0 ? "no protocol known here" : [...wires].map((wire) => wireNames[wire]).join(" and ");
}

/** What the gateway would carry: it bridges gRPC-Web to gRPC. */
function remedy(wires: ReadonlySet<Wire>): string {
  const names = [...wires].map((wire) => wireNames[wire]);
  const bridged = wires.has("grpc") && !wires.has("grpc-web") ? [...names, wireNames["grpc-web"]] : names;
  return bridged.length === 0 ? "the protocol that it speaks" : bridged.join(" or ");
}
