import { openWebSocket, type WebSocketClient } from "../websocket-client.ts";
import type { Random } from "./random.ts";

const ends = ["half-close", "cancel", "drop before the header", "drop mid-stream"] as const;

/** Makes this many calls over WebSocket, one after another; half of them are given up. */
export async function loadOverWebSocket(port: number, calls: number, random: Random): Promise<void> {
  for (let made = 0; made < calls; made++) {
    await using client = await openWebSocket(`http://127.0.0.1:${port}`, "/gateway/local/test.demo/TestTwoWayStream");
    await runCall(client, random.pick(ends), 1 + random.below(4));
  }
}

async function runCall(client: WebSocketClient, end: (typeof ends)[number], messages: number): Promise<void> {
  if (end === "drop before the header") {
    return;
  }
  client.open();
  for (let index = 0; index < messages; index++) {
    client.sendJson({ data: String(index) });
  }
  if (end === "half-close") {
    client.sendFrame({ kind: "halfClose" });
    await client.ended();
  } else if (end === "cancel") {
    client.sendFrame({ kind: "cancel", payload: new Uint8Array() });
    await client.ended();
  } else {
    await client.next();
  }
}
