import { Agent, request as requestHttp1 } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { assertAnswer } from "../calls/assert-answer.ts";
import type { Exchange, Transport } from "../calls/exchange.ts";
import { openSession } from "../calls/open-session.ts";
import type { Workload } from "../calls/workloads.ts";

/** Calls that are made one at a time, with a pause between. */
export interface SpacedCalls {
  readonly origin: string;
  readonly transport: Transport;
  readonly workload: Workload;
  readonly pauseMs: number;
  /** How many calls are made before they are measured. */
  readonly warmUp: number;
  readonly count: number;
}

/**
 * Makes calls one after the other on one connection that is kept alive, by Node's own clients, and answers how long each took,
 * in milliseconds. Rejects at the first that is not answered right.
 */
export async function makeSpacedCalls(options: SpacedCalls): Promise<readonly number[]> {
  const { origin, transport, workload, pauseMs, warmUp, count } = options;
  using caller = transport === "h2c" ? createHttp2Caller(origin, workload) : createHttp1Caller(origin, workload);
  const times: number[] = [];
  for (let made = 0; made < warmUp + count; made++) {
    const startedAt = performance.now();
    const exchange = await caller.call();
    const took = performance.now() - startedAt;
    assertAnswer(workload, exchange);
    if (made >= warmUp) {
      times.push(took);
    }
    await sleep(pauseMs);
  }
  return times;
}

interface Caller extends Disposable {
  call(): Promise<Exchange>;
}

function createHttp2Caller(origin: string, { path, contentType, body }: Workload): Caller {
  const opened = openSession(origin);
  return {
    call: () =>
      new Promise((resolve, reject) => {
        const fields = { ":method": "POST", ":path": path, "content-type": contentType, te: "trailers" };
        const stream = opened.session.request(fields);
        let answer: Exchange = { status: 0, body: Buffer.alloc(0), fields: {} };
        stream.on("response", (received) => {
          answer = { ...answer, status: received[":status"] ?? 0, fields: received };
        });
        stream.on("trailers", (received) => {
          answer = { ...answer, fields: { ...answer.fields, ...received } };
        });
        stream.on("error", reject);
        buffer(stream).then((read) => resolve({ ...answer, body: read }), reject);
        stream.end(body);
      }),
    [Symbol.dispose]: () => opened[Symbol.dispose](),
  };
}

function createHttp1Caller(origin: string, { path, contentType, body }: Workload): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { "content-type": contentType, "content-length": body.byteLength };
  return {
    call: () =>
      new Promise((resolve, reject) => {
        const request = requestHttp1(origin + path, { method: "POST", headers, agent });
        request.on("error", reject);
        request.on("response", (response) => {
          buffer(response).then(
            (read) => resolve({ status: response.statusCode ?? 0, body: read, fields: response.headers }),
            reject,
          );
        });
        request.end(body);
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}
