import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { floodOf } from "./flood-workload.ts";

/** A flood, and how its reader stops. */
export interface FloodReading {
  readonly origin: string;
  readonly prefix: string;
  /** How many messages are asked for. */
  readonly messages: number;
  /** Once it has read so much, the reader stops for so long. */
  readonly stall: { readonly afterBytes: number; readonly ms: number };
}

const trailer = /grpc-status: ?0(\r|$)/i;

/** Enough of the end of a body to hold its trailers. */
const tailBytes = 256;

/** Reads a flood to its end, and answers how long it took without the stall, in milliseconds. Rejects where it isn't whole. */
export async function readFlood({ origin, prefix, messages, stall }: FloodReading): Promise<number> {
  const { path, body, answerBytes } = floodOf(messages);
  const agent = new Agent();
  const asked = request(origin + prefix + path, {
    method: "POST",
    headers: { "content-type": "application/grpc-web+proto", "content-length": body.byteLength },
    agent,
  });
  const startedAt = performance.now();
  asked.end(body);
  const [response]: IncomingMessage[] = await once(asked, "response");
  let received = 0;
  let tail: Buffer = Buffer.alloc(0);
  let hasStalled = false;
  for await (const chunk of response ?? []) {
    received += chunk.length;
    tail = Buffer.concat([tail.subarray(-tailBytes), chunk.subarray(-tailBytes)]);
    if (!hasStalled && received >= stall.afterBytes) {
      hasStalled = true;
      await sleep(stall.ms);
    }
  }
  agent.destroy();
  if (received <= answerBytes || !trailer.test(tail.toString("latin1"))) {
    throw new Error(
      `the flood ended after ${received} bytes of ${answerBytes} and trailers: ${tail.toString("latin1")}`,
    );
  }
  return performance.now() - startedAt - stall.ms;
}
