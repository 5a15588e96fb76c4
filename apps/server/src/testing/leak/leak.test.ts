import { describe, expect, it } from "vitest";
import { type ServerMeasure, type ServerProcess, startServerProcess } from "../server-process.ts";
import { expectNothingLeft } from "./expect-nothing-left.ts";
import { loadOverHttp1 } from "./http1-load.ts";
import { loadOverHttp2 } from "./http2-load.ts";
import { createRandom, type Random } from "./random.ts";
import { loadOverWebSocket } from "./websocket-load.ts";

/** How many calls are made: enough to tell by default, and as many as wanted for certainty. */
const calls = Number(process.env.SWITCHBOARD_LEAK_CALLS ?? 20_000);

/** Calls before the first measurement, until everything is compiled and every cache is full. */
const warmUpCalls = 5_000;

const seed = 20_261_120;

/** Makes calls of every kind by every way at once. */
async function load(port: number, count: number, random: Random): Promise<void> {
  const lanes = [0.25, 0.25, 0.2].map((share) => loadOverHttp2(port, Math.round(count * share), random));
  const overHttp1 = loadOverHttp1(port, Math.round(count * 0.28), random);
  const overWebSocket = loadOverWebSocket(port, Math.round(count * 0.02), random);
  await Promise.all([...lanes, overHttp1, overWebSocket]);
}

/** Measures once the server has let go of everything, or has had its time for it. */
async function measureAtRest(server: ServerProcess): Promise<ServerMeasure> {
  let measured = await server.measure();
  await expect
    .poll(
      async () => {
        measured = await server.measure();
        // What watches the arrival of requests looks once a second, and stops when there are none.
        return [measured.openStreams, measured.resources.TCPSocketWrap, measured.resources.Timeout];
      },
      { timeout: 5_000 },
    )
    .toEqual([0, undefined, undefined]);
  return measured;
}

describe("a server after many calls, a third of them given up at any moment", () => {
  it("holds no stream, timer, listener or memory of them", { timeout: 60_000 + calls * 10 }, async () => {
    await using server = await startServerProcess("--request-timeout", "1h");
    const random = createRandom(seed);
    await load(server.port, warmUpCalls, random);
    const before = await measureAtRest(server);
    await load(server.port, calls, random);
    const after = await measureAtRest(server);
    expectNothingLeft({ before, after, calls, stderr: server.stderr() });
  });
});
