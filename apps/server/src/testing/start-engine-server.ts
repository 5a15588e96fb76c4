import type { ConnectRouter, ConnectRouterOptions } from "@connectrpc/connect";
import type { Logger } from "pino";
import { createCarrier } from "../gateway/bridge/carrier.ts";
import { createRequestHandler, type RequestHandler } from "../http/request-handler.ts";
import { createLogger } from "../log/create-logger.ts";
import { createAccessPolicy } from "../net/access-policy.ts";
import { createHttp1Server } from "../net/http1-server.ts";
import { createHttp2Server } from "../net/http2-server.ts";
import { createPort, type TlsOptions } from "../net/port.ts";
import { createAuthenticate } from "../rpc/authenticate.ts";
import { createCallEngine } from "../rpc/call-engine.ts";
import { createCallLog } from "../rpc/call-log.ts";
import { serverLimits } from "./server-limits.ts";

/** The engine on a port of its own, without the product's services. */
export interface EngineServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}

/** What may be otherwise than by default. */
export interface EngineServerOptions {
  /** Default: nothing is logged. */
  readonly log?: Logger;
  /** Default: plain text. */
  readonly tls?: TlsOptions | undefined;
}

/**
 * Serves routes by the engine on 127.0.0.1, over HTTP/1.1 and HTTP/2, within the limits of tests. Its disposal cuts
 * every connection.
 *
 * @param options those of the engine
 */
export async function startEngineServer(
  routes: (router: ConnectRouter) => void,
  options: ConnectRouterOptions = {},
  { log = createLogger("silent"), tls }: EngineServerOptions = {},
): Promise<EngineServer> {
  const authenticate = createAuthenticate(undefined);
  const callLog = createCallLog(log);
  const engine = createCallEngine({
    ...options,
    routes,
    authenticate,
    log: callLog,
    requestTimeout: serverLimits.requestTimeout,
  });
  let handle: RequestHandler | undefined;
  const onExchange: RequestHandler = (exchange) => handle?.(exchange);
  const http1 = createHttp1Server({ ...serverLimits, onExchange });
  const http2 = createHttp2Server({ ...serverLimits, onExchange });
  const port = createPort({ http1, http2, sniffTimeout: serverLimits.sniffTimeout, tls });
  const bound = await port.listen({ host: "127.0.0.1", port: 0 });
  handle = createRequestHandler({
    guard: {
      policy: createAccessPolicy({ bound, allowHost: [], allowOrigin: [] }),
      maxHeaderBytes: serverLimits.maxHeaderBytes,
    },
    engine,
    carrier: createCarrier({ targets: { find: () => undefined, names: () => [] }, authenticate, log: callLog }),
    proxy: undefined,
    page: () => ({ status: 404, headers: {}, body: "" }),
    isServing: () => true,
    basePath: "",
    log,
  });
  return {
    ...bound,
    async [Symbol.asyncDispose]() {
      port.close();
      port.destroy();
      http1.close();
      await port.closed();
    },
  };
}
