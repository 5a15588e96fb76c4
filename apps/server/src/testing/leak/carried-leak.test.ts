import { describe, expect, it } from "vitest";
import { type ServerMeasure, type ServerProcess, startServerProcess } from "../server-process.ts";
import { planCarriedCall, soakedTarget } from "./carried-plan.ts";
import { loadOverCarriedWebSocket } from "./carried-websocket-load.ts";
import { expectNothingLeft } from "./expect-nothing-left.ts";
import { loadOverHttp1 } from "./http1-load.ts";
import { loadOverHttp2 } from "./http2-load.ts";
import { createRandom, type Random } from "./random.ts";
import { startWaywardUpstream, type WaywardUpstream } from "./wayward-upstream.ts";

/** How many calls are made: enough to tell by default, and as many as wanted for certainty. */
const calls = Number(process.env.SWITCHBOARD_CARRIED_LEAK_CALLS ?? 3_000);

/** Calls before the first measurement, until everything is compiled and every cache is full. */
const warmUpCalls = 3_000;

const seed = 20_261_121;

/** Makes calls by every way at once. */
async function load(port: number, count: number, random: Random): Promise<void> {
  const overHttp2 = [0.3, 0.3].map((share) => loadOverHttp2(port, Math.round(count * share), random, planCarriedCall));
  const overHttp1 = loadOverHttp1(port, Math.round(count * 0.3), random, planCarriedCall);
  await Promise.all([...overHttp2, overHttp1, loadOverCarriedWebSocket(port, Math.round(count * 0.1), random)]);
}

/** Measures once no call is left on either side, and the server has let go of connections that its target ended. */
async function measureAtRest(server: ServerProcess, upstream: WaywardUpstream): Promise<ServerMeasure> {
  let measured = await server.measure();
  const poll = (look: () => unknown) =>
    expect.poll(
      async () => {
        measured = await server.measure();
        return look();
      },
      { timeout: 5_000 },
    );
  await poll(() => [measured.openStreams, upstream.openStreams()]).toEqual([0, 0]);
  upstream.endSessions();
  await poll(() => [measured.resources.TCPSocketWrap, measured.resources.Timeout]).toEqual([undefined, undefined]);
  return measured;
}

describe("a gateway after many calls to a wayward server, a third of them given up at any moment", () => {
  it("holds no stream, connection, timer, listener or memory of them", { timeout: 60_000 + calls * 10 }, async () => {
    await using upstream = await startWaywardUpstream();
    const target = `${soakedTarget}=h2c://127.0.0.1:${upstream.port}`;
    await using server = await startServerProcess("--target", target, "--proxy", soakedTarget);
    const random = createRandom(seed);
    await load(server.port, warmUpCalls, random);
    const before = await measureAtRest(server, upstream);
    await load(server.port, calls, random);
    expect(upstream.openSessions()).toBeLessThanOrEqual(32);
    const after = await measureAtRest(server, upstream);
    expectNothingLeft({ before, after, calls, stderr: server.stderr() });
    const statuses = Object.keys(after.calls);
    expect(statuses).toEqual(expect.arrayContaining(["OK", "CANCELLED", "DEADLINE_EXCEEDED", "INTERNAL"]));
  });
});
