import type { Logger } from "pino";
import { createCarrier } from "../gateway/bridge/carrier.ts";
import type { GatewayTarget, Wire } from "../gateway/gateway-target.ts";
import { createUpstream } from "../gateway/upstream/create-upstream.ts";
import { createWebSocketEndpoint } from "../gateway/websocket/websocket-endpoint.ts";
import { createRequestHandler, type RequestHandler } from "../http/request-handler.ts";
import { createUpgradeHandler } from "../http/upgrade-handler.ts";
import { createLogger } from "../log/create-logger.ts";
import { createAccessPolicy } from "../net/access-policy.ts";
import { createHttp1Server } from "../net/http1-server.ts";
import { createHttp2Server } from "../net/http2-server.ts";
import { createPort } from "../net/port.ts";
import { createAuthenticate } from "../rpc/authenticate.ts";
import { createCallEngine } from "../rpc/call-engine.ts";
import type { CallLine } from "../rpc/call-log.ts";
import { createCallLines } from "./call-lines.ts";
import { createLoopbackDial } from "./dial-loopback.ts";
import { serverLimits } from "./server-limits.ts";

/** A gateway with one target, `t`, on a port of its own. */
export interface Gateway extends AsyncDisposable {
  readonly port: number;
  /** The lines of the calls that are over, the oldest first. */
  readonly lines: readonly CallLine[];
  /** Resolves with the line of the call that is over as the first, also of those to come, or as the `index`th. */
  line(index?: number): Promise<CallLine>;
}

/** What a test wants otherwise. */
export interface GatewayOptions extends Partial<Omit<GatewayTarget, "name" | "upstream">> {
  /** Default: no token is asked for. */
  readonly token?: string;
  /** Whether paths that nothing implements go to the target. Default: false. */
  readonly proxies?: boolean;
  readonly allowOrigin?: readonly string[];
  readonly log?: Logger;
}

const grpc: ReadonlySet<Wire> = new Set(["grpc"]);

/** Starts a gateway in front of a server on `upstreamPort`. Its disposal cuts every connection. */
export async function startGateway(upstreamPort: number, options: GatewayOptions = {}): Promise<Gateway> {
  const authority = `127.0.0.1:${upstreamPort}`;
  const upstream = createUpstream({
    dial: createLoopbackDial(upstreamPort),
    scheme: "http",
    authority,
    keepaliveMs: undefined,
  });
  const wires = options.wires ?? grpc;
  const target: GatewayTarget = {
    learnWires: () => Promise.resolve(wires),
    heldFields: [],
    maxMessageBytes: 4_194_304,
    defaultDeadlineMs: undefined,
    ...options,
    wires: "wires" in options ? options.wires : wires,
    name: "t",
    upstream,
  };
  const { lines, write, line } = createCallLines();
  const authenticate = createAuthenticate(options.token);
  const engine = createCallEngine({ routes: () => {}, authenticate, log: write, requestTimeout: 60_000 });
  let handle: RequestHandler | undefined;
  const onExchange: RequestHandler = (exchange) => handle?.(exchange);
  const http1 = createHttp1Server({ ...serverLimits, onExchange });
  const http2 = createHttp2Server({ ...serverLimits, onExchange });
  const port = createPort({ http1, http2, sniffTimeout: serverLimits.sniffTimeout, tls: undefined });
  const bound = await port.listen({ host: "127.0.0.1", port: 0 });
  const policy = createAccessPolicy({ bound, allowHost: [], allowOrigin: options.allowOrigin ?? [] });
  const targets = { find: (name: string) => (name === "t" ? target : undefined), names: () => ["local", "t"] };
  const guard = { policy, maxHeaderBytes: serverLimits.maxHeaderBytes };
  const log = options.log ?? createLogger("silent");
  const endpoint = createWebSocketEndpoint({
    ...serverLimits,
    targets,
    authenticate,
    log: write,
    isServing: () => true,
  });
  http1.on("upgrade", createUpgradeHandler({ guard, endpoint, basePath: "", log }));
  handle = createRequestHandler({
    guard,
    engine,
    carrier: createCarrier({ targets, authenticate, log: write }),
    proxy: options.proxies === true ? "t" : undefined,
    page: () => ({ status: 404, headers: {}, body: "" }),
    isServing: () => true,
    basePath: "",
    log,
  });
  return {
    port: bound.port,
    lines,
    line,
    async [Symbol.asyncDispose]() {
      upstream.close();
      port.close();
      port.destroy();
      http1.close();
      await port.closed();
    },
  };
}
