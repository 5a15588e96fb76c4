import type { ClientHttp2Session } from "node:http2";
import { openSession } from "./open-session.ts";
import type { Workload } from "./workloads.ts";

/** Calls that are made at fixed times, whether or not earlier ones have ended. */
export interface PacedCalls {
  readonly origin: string;
  /** In gRPC. */
  readonly workload: Workload;
  readonly connections: number;
  /** Calls a second, over all connections, evenly spaced. */
  readonly rate: number;
  /** How long calls go on before they are measured, in milliseconds. */
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/**
 * Makes calls at a steady rate, and answers how long each took from the time it was due, in milliseconds: when the server
 * or this generator is late, all that wait for it are. h2load can't do this: `--rps` makes calls in bursts every ten
 * milliseconds. It keeps a core busy. Rejects when a call fails.
 */
export async function makePacedCalls(options: PacedCalls): Promise<readonly number[]> {
  const { origin, workload, connections, rate, warmUpMs, durationMs } = options;
  using opened = new DisposableStack();
  const sessions = Array.from({ length: connections }, () => opened.use(openSession(origin)).session);
  const skipped = Math.round((rate * warmUpMs) / 1000);
  const count = skipped + Math.max(1, Math.round((rate * durationMs) / 1000));
  const times: number[] = [];
  const allEnded = Promise.withResolvers<void>();
  let failed = false;
  let made = 0;
  let ended = 0;
  const startedAt = performance.now();

  function makeDueCalls(): void {
    const due = Math.min(count, 1 + Math.floor(((performance.now() - startedAt) * rate) / 1000));
    for (; made < due && !failed; made++) {
      const call = made;
      // One of them is there: there is at least one connection.
      const session = sessions[call % connections] as ClientHttp2Session;
      makeCall(session, workload, fail, () => onEnd(call));
    }
    if (made < count && !failed) {
      // No timer is as fine as the time between two calls.
      setImmediate(makeDueCalls);
    }
  }
  function onEnd(call: number): void {
    if (call >= skipped) {
      times.push(performance.now() - startedAt - (call * 1000) / rate);
    }
    ended++;
    if (ended === count) {
      allEnded.resolve();
    }
  }
  function fail(error: Error): void {
    failed = true;
    allEnded.reject(error);
  }
  makeDueCalls();
  await allEnded.promise;
  return times;
}

function makeCall(
  session: ClientHttp2Session,
  { path, contentType, body }: Workload,
  onFault: (error: Error) => void,
  onEnd: () => void,
): void {
  const stream = session.request({ ":method": "POST", ":path": path, "content-type": contentType, te: "trailers" });
  let grpcStatus: unknown;
  stream.on("trailers", (trailers) => {
    grpcStatus = trailers["grpc-status"];
  });
  stream.on("error", onFault);
  stream.on("end", () => {
    if (grpcStatus === "0") {
      onEnd();
    } else {
      onFault(new Error(`${path} ended with the grpc-status ${grpcStatus}`));
    }
  });
  stream.resume();
  stream.end(body);
}
