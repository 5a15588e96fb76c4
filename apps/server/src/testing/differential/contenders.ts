import { startEngineServer } from "../start-engine-server.ts";
import { createHttp1Client } from "./http1-client.ts";
import { createHttp2Client } from "./http2-client.ts";
import { createProbeRoutes, probeRoutes, type Sight } from "./probe-routes.ts";
import { createProfile, type ProfileName, profileNames } from "./profiles.ts";
import { type Contender, startStockServer } from "./start-stock-server.ts";
import type { WireAnswer } from "./wire-answer.ts";
import type { WireRequest } from "./wire-request.ts";

/** The servers of one side, one for each profile, with a client for each version of HTTP. */
export interface Side extends AsyncDisposable {
  send(request: WireRequest): Promise<WireAnswer>;
}

/** Starts the side that is taken as the measure: the stock adapter. */
export function startStockSide(): Promise<Side> {
  return startSide((name) => startStockServer(probeRoutes, createProfile(name)));
}

/**
 * Starts the side that is held against it: our engine.
 *
 * @param see what its handlers tell of their calls; by default all that `probeRoutes` does
 */
export function startEngineSide(see?: Sight): Promise<Side> {
  return startSide((name) => startEngineContender(name, see));
}

async function startEngineContender(name: ProfileName, see: Sight | undefined): Promise<Contender> {
  const routes = see === undefined ? probeRoutes : createProbeRoutes(see);
  const server = await startEngineServer(routes, createProfile(name));
  return {
    ports: { "1.1": server.port, "2": server.port },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Starts a side of servers that are each started in this way. */
export async function startSide(start: (name: ProfileName) => Promise<Contender>): Promise<Side> {
  const kept = new AsyncDisposableStack();
  const clients = new Map<string, { send: Side["send"] }>();
  for (const name of profileNames) {
    const { ports } = kept.use(await start(name));
    clients.set(`${name} 1.1`, kept.use(createHttp1Client(ports["1.1"])));
    clients.set(`${name} 2`, kept.use(createHttp2Client(ports["2"])));
  }
  return {
    async send(request) {
      const client = clients.get(`${request.profile} ${request.httpVersion}`);
      if (client === undefined) {
        throw new Error(`no client for the profile ${request.profile}`);
      }
      return client.send(request);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
