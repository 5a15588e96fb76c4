import { setImmediate as nextTurn } from "node:timers/promises";
import { createRegistry } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { file_google_rpc_error_details } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import type { Logger } from "pino";
import type { ArticleRepository } from "./articles/article-repository.ts";
import type { Config } from "./config/options.ts";
import { type ListenAddress, maxDurationMs } from "./config/value-kinds.ts";
import { createCarrier } from "./gateway/bridge/carrier.ts";
import { createLocalTarget } from "./gateway/local-target.ts";
import type { SavedTargets } from "./gateway/targets/saved-targets.ts";
import { createWebSocketEndpoint } from "./gateway/websocket/websocket-endpoint.ts";
import { createRequestHandler, type RequestHandler } from "./http/request-handler.ts";
import { createUpgradeHandler } from "./http/upgrade-handler.ts";
import { createLocalServices } from "./local-services.ts";
import { createAccessPolicy } from "./net/access-policy.ts";
import { createConnectionDrain } from "./net/connection-drain.ts";
import { createHttp1Server } from "./net/http1-server.ts";
import { createHttp2Server } from "./net/http2-server.ts";
import { createPort, type Port, type TlsOptions } from "./net/port.ts";
import type { Asset } from "./page/asset.ts";
import { createPageHandler } from "./page/page-handler.ts";
import { createRemoteTargets } from "./remote-targets.ts";
import { createAuthenticate } from "./rpc/authenticate.ts";
import { type CallEngine, createCallEngine } from "./rpc/call-engine.ts";
import { createCallLog } from "./rpc/call-log.ts";
import { registerServices } from "./rpc/register-services.ts";

/** What the server works with; whoever opened these closes them, after the server. */
export interface AppCollaborators {
  readonly articles: ArticleRepository;
  readonly savedTargets: SavedTargets;
  /** The serialized `google.protobuf.FileDescriptorSet` with the files of all services. */
  readonly descriptors: Uint8Array;
  /** The files of the built page; undefined where it has not been built. */
  readonly assets: ReadonlyMap<string, Asset> | undefined;
  readonly log: Logger;
  /** Undefined for plain text. */
  readonly tls: TlsOptions | undefined;
}

/** The server. */
export interface App extends AsyncDisposable {
  /** Listens; resolves with the address of the page once it can be served. Rejects with Node's error, as for a taken port. */
  listen(): Promise<string>;
  /**
   * Stops: takes no more connections, ends streams with `UNAVAILABLE`, lets other calls go on for the grace, then ends
   * what is left. Resolves when no connection is open.
   */
  drain(): Promise<void>;
}

/** The longest message to write, in bytes: 64 MiB. */
const maxWrittenMessageBytes = 67_108_864;

/** The longest message to the page's own services, in bytes: 32 MiB, for the files of a schema. */
const maxConsoleMessageBytes = 33_554_432;

/** How long a client may take to show what it speaks, in milliseconds. */
const sniffTimeout = 5_000;

/** How long answers may take to be written once their calls were ended, in milliseconds. */
const flushTimeout = 500;

/** Puts the server together. Nothing runs until it listens. */
export function createApp(config: Config, collaborators: AppCollaborators): App {
  const { articles, savedTargets, descriptors, assets, log, tls } = collaborators;
  const draining = new AbortController();
  const stopping = new AbortController();
  const signals = { draining: draining.signal, stopping: stopping.signal };
  const authenticate = createAuthenticate(config.token);
  const callLog = createCallLog(log);
  const local = createLocalServices({ articles, descriptors, gpuCount: config.gpuCount });
  let bound: ListenAddress | undefined;
  // The engine answers the calls to `local`, and serves the very services that change what is beside it.
  const lateEngine: CallEngine = { handles: (path) => engine.handles(path), answer: (call) => engine.answer(call) };
  const remote = createRemoteTargets({
    config,
    saved: savedTargets,
    local: createLocalTarget(lateEngine, config.maxMessageBytes),
    ownAddress: () => bound,
    log,
  });
  const { targets, proxy } = remote;
  const engine = createCallEngine({
    ...engineOptions(config),
    routes(router) {
      registerServices(local.services, signals)(router);
      registerServices(remote.services, signals, { readMaxBytes: maxConsoleMessageBytes })(router);
    },
    authenticate,
    log: callLog,
  });
  const isServing = () => !draining.signal.aborted;
  const carrier = createCarrier({ targets, authenticate, log: callLog });
  const page = createPageHandler({ assets, basePath: config.basePath });

  let handle: RequestHandler | undefined;
  const onExchange: RequestHandler = (exchange) => handle?.(exchange);
  const { http1, connections, port } = createServers(config, onExchange, tls);
  const endpoint = createWebSocketEndpoint({ ...config, targets, authenticate, log: callLog, isServing });

  async function listen(): Promise<string> {
    bound = await port.listen(config.listen);
    const policy = createAccessPolicy({ bound, allowHost: config.allowHost, allowOrigin: config.allowOrigin });
    const { basePath, maxHeaderBytes } = config;
    const guard = { policy, maxHeaderBytes };
    handle = createRequestHandler({ guard, engine, carrier, proxy, page, isServing, basePath, log });
    http1.on("upgrade", createUpgradeHandler({ guard, endpoint, basePath, log }));
    return urlOf(bound, tls !== undefined, config.basePath);
  }

  async function drain(): Promise<void> {
    port.close();
    local.setServing(false);
    // Who watches the health is to read of it before its stream ends.
    await nextTurn();
    draining.abort(new ConnectError("the server is shutting down", Code.Unavailable));
    connections.start();
    endpoint.drain();
    await runOut(port, config.shutdownGrace, stop);
    remote.close();
    http1.close();
  }

  function stop(): void {
    stopping.abort(new ConnectError("the server has shut down", Code.Unavailable));
    endpoint.stop();
    remote.close();
  }

  return {
    listen,
    drain,
    async [Symbol.asyncDispose]() {
      stop();
      const drained = drain();
      port.destroy();
      await drained;
    },
  };
}

function engineOptions({ maxMessageBytes, requestTimeout }: Config) {
  return {
    readMaxBytes: maxMessageBytes,
    writeMaxBytes: maxWrittenMessageBytes,
    jsonOptions: { ignoreUnknownFields: false, registry: createRegistry(file_google_rpc_error_details) },
    requestTimeout,
  };
}

/** Creates the servers of both HTTP versions and the port before them. */
function createServers(config: Config, onExchange: RequestHandler, tls: AppCollaborators["tls"]) {
  const http1 = createHttp1Server({ ...config, onExchange, onResponseOver: () => connections.responseOver() });
  const http2 = createHttp2Server({ ...config, onExchange });
  const connections = createConnectionDrain(http1, http2);
  const port = createPort({ http1, http2, sniffTimeout: Math.min(sniffTimeout, config.headersTimeout), tls });
  return { http1, connections, port };
}

/** Waits until no connection is open; calls `stop` after the grace, and soon after cuts what is left. */
async function runOut(port: Port, graceMs: number, stop: () => void): Promise<void> {
  const grace = setTimeout(stop, graceMs);
  const cut = setTimeout(() => port.destroy(), Math.min(graceMs + flushTimeout, maxDurationMs));
  await port.closed();
  clearTimeout(grace);
  clearTimeout(cut);
}

function urlOf({ host, port }: ListenAddress, isSecure: boolean, basePath: string): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return `${isSecure ? "https" : "http"}://${name}:${port}${basePath}/`;
}
