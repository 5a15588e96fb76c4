import type { HarbourServer, RunningHarbour } from "../interop/harbour/harbour-server.ts";
import { type InteropOutcome, messageOf } from "../interop/interop-peer.ts";
import { startServer } from "../testing/start-server.ts";
import { checkHarbour } from "./check-harbour.ts";

const target = "harbour";

/** Starts a server of harbour.v1 and a Switchboard before it, and checks every call through the gateway. */
export async function runHarbour(server: HarbourServer): Promise<InteropOutcome> {
  let start: () => Promise<RunningHarbour>;
  try {
    start = await server.prepare();
  } catch (error) {
    return { kind: "not run", reason: messageOf(error) };
  }
  try {
    await using harbour = await start();
    const flags = ["--target", `${target}=h2c://${harbour.address}`, "--proxy", target];
    await using switchboard = await startServer({ flags });
    const ways = await checkHarbour({ url: switchboard.url, target });
    return { kind: "passed", said: `found by reflection; every answer is exact over ${ways.join(", ")}` };
  } catch (error) {
    return { kind: "failed", reason: messageOf(error) };
  }
}
