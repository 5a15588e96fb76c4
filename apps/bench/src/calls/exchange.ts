import { once } from "node:events";
import { request as requestHttp1 } from "node:http";
import type { IncomingHttpHeaders } from "node:http2";
import { buffer } from "node:stream/consumers";
import { openSession } from "./open-session.ts";
import type { Workload } from "./workloads.ts";

/** The HTTP version that calls are made over, always in plain text. */
export type Transport = "h2c" | "http1";

/** An answer as it came. */
export interface Exchange {
  readonly status: number;
  readonly body: Buffer;
  /** The fields of the header and of the trailers in one: a call that fails at once has its status in the header. */
  readonly fields: IncomingHttpHeaders;
}

/** Makes one call, byte by byte as the load will make it. */
export async function exchange(origin: string, transport: Transport, workload: Workload): Promise<Exchange> {
  return transport === "h2c" ? await overHttp2(origin, workload) : await overHttp1(origin, workload);
}

async function overHttp2(origin: string, { path, contentType, body }: Workload): Promise<Exchange> {
  using opened = openSession(origin);
  const headers = { ":method": "POST", ":path": path, "content-type": contentType, te: "trailers" };
  const stream = opened.session.request(headers);
  let fields: IncomingHttpHeaders = {};
  let status = 0;
  stream.on("trailers", (received) => {
    fields = { ...fields, ...received };
  });
  stream.on("response", (received) => {
    status = received[":status"] ?? 0;
    fields = received;
  });
  stream.end(body);
  return { body: await buffer(stream), status, fields };
}

async function overHttp1(origin: string, { path, contentType, body }: Workload): Promise<Exchange> {
  const request = requestHttp1(origin + path, {
    method: "POST",
    headers: { "content-type": contentType },
    agent: false,
  });
  request.end(body);
  const [response] = await once(request, "response");
  return { status: response.statusCode ?? 0, body: await buffer(response), fields: response.headers };
}
