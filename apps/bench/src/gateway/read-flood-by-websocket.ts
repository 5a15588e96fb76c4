import { setTimeout as sleep } from "node:timers/promises";
import { createRegistry } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { silentTap } from "@switchboard/console/call/silent-tap.ts";
import { createWebSocketTransport } from "@switchboard/console/transport/websocket/websocket-transport.ts";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { floodEnvelope, floodText } from "./flood-workload.ts";
import type { FloodReading } from "./read-flood.ts";

/** The same as `readFlood` over the page's own WebSocket transport, which gives no credit while it isn't read. */
export async function readFloodByWebSocket({ origin, prefix, messages, stall }: FloodReading): Promise<number> {
  const transport = createWebSocketTransport({
    baseUrl: origin + prefix,
    webSocket: WebSocket,
    registry: createRegistry(),
    tap: silentTap,
    nextTurn: setImmediate,
  });
  const startedAt = performance.now();
  let received = 0;
  let hasStalled = false;
  for await (const { result } of createClient(demo, transport).testClientRecvStream({ data: String(messages) })) {
    if (result.length !== floodText.length) {
      throw new Error(`message ${received} of the flood has ${result.length} characters`);
    }
    received++;
    if (!hasStalled && received * floodEnvelope.byteLength >= stall.afterBytes) {
      hasStalled = true;
      await sleep(stall.ms);
    }
  }
  if (received !== messages) {
    throw new Error(`the flood ended after ${received} of ${messages} messages`);
  }
  return performance.now() - startedAt - stall.ms;
}
