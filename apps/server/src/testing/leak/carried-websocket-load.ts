import { openWebSocket, type WebSocketClient } from "../websocket-client.ts";
import { carriedPath, planFate, planMessages } from "./carried-plan.ts";
import { afterTurns } from "./http2-load.ts";
import type { Random } from "./random.ts";

const ends = ["half-close", "half-close", "cancel", "drop before the header", "drop later"] as const;

/** How many calls are open at a time. */
const lanes = 4;

/** Makes this many calls of the target over WebSocket; half of them are given up. */
export async function loadOverCarriedWebSocket(port: number, calls: number, random: Random): Promise<void> {
  let unmade = calls;
  const lane = async () => {
    while (unmade-- > 0) {
      await using client = await openWebSocket(`http://127.0.0.1:${port}`, carriedPath);
      await runCall(client, random);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function runCall(client: WebSocketClient, random: Random): Promise<void> {
  const end = random.pick(ends);
  if (end === "drop before the header") {
    return;
  }
  client.open({ "content-type": "application/grpc-web+proto", ...planFate(random) });
  for (const payload of planMessages(random)) {
    client.sendFrame({ kind: "data", payload });
  }
  if (end === "drop later") {
    await new Promise<void>((resolve) => afterTurns(random.below(12), resolve));
    return;
  }
  client.sendFrame(end === "cancel" ? { kind: "cancel", payload: new Uint8Array() } : { kind: "halfClose" });
  await client.ended();
}
