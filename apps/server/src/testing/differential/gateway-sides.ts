import type { Wire } from "../../gateway/gateway-target.ts";
import { startEngineServer } from "../start-engine-server.ts";
import { startGateway } from "../start-gateway.ts";
import { type Side, startSide } from "./contenders.ts";
import { createProbeRoutes } from "./probe-routes.ts";
import { createProfile } from "./profiles.ts";
import { seeCarried } from "./see-carried.ts";

/**
 * Starts a side whose servers are each behind a gateway, which takes them for servers of these protocols. What it tells
 * browsers of every response, that its type is to be believed, is left out of the answers.
 */
export async function startGatewaySide(wires: ReadonlySet<Wire>): Promise<Side> {
  const side = await startSide(async (name) => {
    const kept = new AsyncDisposableStack();
    const server = kept.use(await startEngineServer(createProbeRoutes(seeCarried), createProfile(name)));
    const gateway = kept.use(await startGateway(server.port, { proxies: true, wires }));
    return {
      ports: { "1.1": gateway.port, "2": gateway.port },
      [Symbol.asyncDispose]: () => kept.disposeAsync(),
    };
  });
  return {
    async send(request) {
      const answer = await side.send(request);
      return { ...answer, headers: answer.headers.filter(([name]) => name !== "x-content-type-options") };
    },
    [Symbol.asyncDispose]: () => side[Symbol.asyncDispose](),
  };
}
