import {
  Code,
  ConnectError,
  type ConnectRouter,
  type ConnectRouterOptions,
  type ContextValues,
} from "@connectrpc/connect";
import { codeFromHttpStatus } from "@connectrpc/connect/protocol-grpc";
import { emptyBody, type HttpExchange } from "../net/http-exchange.ts";
import { createArrivalWatch } from "./arrival-watch.ts";
import type { Authenticate } from "./authenticate.ts";
import type { CallEnd } from "./call-end.ts";
import type { CallForm } from "./call-form.ts";
import { type CallLog, type LineFacts, logCall } from "./call-log.ts";
import { connectUnaryProtocol } from "./connect/protocol.ts";
import { encodeText } from "./grpc-web/encode-text.ts";
import { type PreparedCall, prepareCall, readTerms } from "./prepare-call.ts";
import type { WholeResponse } from "./protocol.ts";
import type { Route } from "./route.ts";
import { createRouter } from "./router.ts";
import { type ServerCallOptions, startServerCall } from "./server-call.ts";
import { toServiceError } from "./service-error.ts";

/** A call that came in. */
export interface IncomingCall {
  readonly exchange: HttpExchange;
  /** `/package.Service/Method`. */
  readonly path: string;
  /** What carries the call. */
  readonly carrier: "http" | "websocket";
  /** How the call is written; undefined where the request is no call. */
  readonly form: CallForm | undefined;
}

/** Answers calls of the services. */
export interface CallEngine {
  /** Whether there is a method at this path. */
  handles(path: string): boolean;
  /**
   * Answers a call, always: what goes wrong is an error in the caller's protocol. Its line is logged when it is over.
   */
  answer(call: IncomingCall): void;
}

/** What `createCallEngine` needs beside the options that Connect's routers have. */
export interface CallEngineOptions extends ConnectRouterOptions {
  /** Registers the services. */
  readonly routes: (router: ConnectRouter) => void;
  /** Makes the values that the interceptors and the service of a call share. Default: empty ones. */
  readonly contextValues?: (exchange: HttpExchange) => ContextValues;
  readonly authenticate: Authenticate;
  readonly log: CallLog;
  /** How long the message of a unary or server-streaming call may take to arrive, in milliseconds. */
  readonly requestTimeout: number;
}

/** The status of a Connect unary call to a path without a method, which plain HTTP clients and caches know too. */
const notFound = 404;

/** Creates the engine: it checks the token, finds the method, runs the call and writes one line for each. */
export function createCallEngine(options: CallEngineOptions): CallEngine {
  const { authenticate, log, contextValues, requestTimeout } = options;
  const router = createRouter(options);
  options.routes(router);
  const { routes } = router;
  const onOver = (facts: LineFacts, end: CallEnd) => logCall(log, facts, end);
  const common: CommonOptions = {
    arrivals: createArrivalWatch(requestTimeout),
    requestTimeout,
    contextValues,
    onOver,
  };
  return {
    handles: (path) => routes.has(path),
    answer({ exchange, path, carrier, form }) {
      const call: CallFacts = { exchange, path, carrier, form, peer: exchange.peer, started: performance.now() };
      let hiddenFields: readonly string[];
      try {
        hiddenFields = authenticate(exchange.headers);
      } catch (thrown) {
        refuse(call, thrown, common);
        return;
      }
      const route = routes.get(path);
      if (route === undefined) {
        const message = `${path} is not implemented: this server has no such method`;
        refuse(call, new ConnectError(message, Code.Unimplemented), common, notFound);
      } else {
        run(call, route, hiddenFields, common);
      }
    },
  };
}

/** A call with what its line in the log tells. */
interface CallFacts extends LineFacts {
  readonly exchange: HttpExchange;
}

/** What all calls share. */
interface CommonOptions extends Pick<ServerCallOptions, "arrivals" | "requestTimeout" | "onOver"> {
  readonly contextValues: CallEngineOptions["contextValues"];
}

function run(call: CallFacts, route: Route, hiddenFields: readonly string[], common: CommonOptions): void {
  const { exchange } = call;
  const { arrivals, requestTimeout, contextValues, onOver } = common;
  const prepared = prepareCall(exchange, route, call.form);
  if (prepared.kind === "refusal") {
    const { status, fields } = prepared;
    send(call, { status, fields, body: emptyBody }, { code: codeFromHttpStatus(status), fault: undefined }, common);
    return;
  }
  try {
    const { compression, deadlineMs } = readTerms(exchange, route, prepared);
    startServerCall({
      call,
      exchange,
      route,
      prepared,
      compression,
      deadlineMs,
      arrivals,
      requestTimeout,
      hiddenFields,
      values: contextValues?.(exchange),
      onOver,
    });
  } catch (thrown) {
    failEarly(call, prepared, thrown, common);
  }
}

/** Answers a call whose head asks for what can't be had. */
function failEarly(call: CallFacts, prepared: PreparedCall, thrown: unknown, common: CommonOptions): void {
  const { protocol, codec, textResponse } = prepared;
  const { error, fault } = toServiceError(thrown);
  const contentType = protocol.contentType(codec, textResponse);
  const parts = { contentType, encoding: undefined, header: undefined, trailer: undefined };
  const response = protocol.fail(parts, error, undefined);
  const body = textResponse ? encodeText(response.body) : response.body;
  send(call, { ...response, body }, { code: error.code, fault }, common);
}

/** Answers a call that no method gets. */
function refuse(call: CallFacts, thrown: unknown, common: CommonOptions, httpStatus?: number): void {
  const { error, fault } = toServiceError(thrown);
  const contentType = call.exchange.headers["content-type"] ?? "";
  const response = (call.form?.protocol ?? connectUnaryProtocol).refuse(error, contentType, httpStatus);
  send(call, response, { code: error.code, fault }, common);
}

function send(
  call: CallFacts,
  { status, fields, body, trailers }: WholeResponse,
  outcome: Pick<CallEnd, "code" | "fault">,
  { onOver }: CommonOptions,
): void {
  call.exchange.send(status, fields, body, trailers);
  onOver(call, { ...outcome, httpStatus: status, bytesIn: 0, bytesOut: body.byteLength });
}
