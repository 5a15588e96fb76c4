import {
  Code,
  ConnectError,
  type ConnectRouter,
  type ConnectRouterOptions,
  type ContextValues,
} from "@connectrpc/connect";
import { codeFromHttpStatus } from "@connectrpc/connect/protocol-grpc";
import { emptyBody, type HttpExchange } from "../net/http-exchange.ts";
import type { Authenticate } from "./authenticate.ts";
import { type CallForm, protocolOfForm } from "./call-form.ts";
import { type CallLog, createLineWriter, type LineWriter } from "./call-log.ts";
import { type HttpRefusal, prepareCall } from "./prepare-call.ts";
import type { WholeResponse } from "./protocol.ts";
import type { Route } from "./route.ts";
import { createRouter } from "./router.ts";
import { startServerCall } from "./server-call.ts";
import { toServiceError } from "./service-error.ts";
import { wireFormOf } from "./wire-form.ts";

/** A call that came in. */
export interface IncomingCall {
  readonly exchange: HttpExchange;
  /** `/package.Service/Method`. */
  readonly path: string;
  /** What carries the call. */
  readonly carrier: "http" | "websocket";
}

/** Answers calls of the services. */
export interface CallEngine {
  /** Whether there is a method at this path. */
  handles(path: string): boolean;
  /** Answers a call, always: what goes wrong is an error in the caller's protocol. Its line is logged when it is over. */
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
  const { authenticate, log } = options;
  const router = createRouter(options);
  options.routes(router);
  const { routes } = router;
  return {
    handles: (path) => routes.has(path),
    answer(call) {
      const line = createLineWriter(call, log);
      let hiddenFields: readonly string[];
      try {
        hiddenFields = authenticate(call.exchange.headers);
      } catch (thrown) {
        refuse(call, { thrown, line });
        return;
      }
      const route = routes.get(call.path);
      if (route === undefined) {
        const message = `${call.path} is not implemented: this server has no such method`;
        refuse(call, { thrown: new ConnectError(message, Code.Unimplemented), line, httpStatus: notFound });
      } else {
        run(call.exchange, route, { ...options, hiddenFields, line });
      }
    },
  };
}

interface RunOptions extends CallEngineOptions {
  readonly hiddenFields: readonly string[];
  readonly line: LineWriter;
}

function run(exchange: HttpExchange, route: Route, options: RunOptions): void {
  const { hiddenFields, line, requestTimeout, contextValues } = options;
  const prepared = prepareCall(exchange, route);
  if (prepared.kind === "refusal") {
    refuseByHttp(exchange, prepared, line);
    return;
  }
  const { form, textResponse, get } = prepared;
  try {
    startServerCall({
      ...prepared.terms(),
      exchange,
      route,
      form,
      textResponse,
      arrivalMs: requestTimeout,
      hiddenFields,
      values: contextValues?.(exchange),
      message: get?.readMessage,
      onOver: line.write,
    });
  } catch (thrown) {
    failEarly(exchange, { thrown, form, textResponse, line });
  }
}

interface EarlyFailure {
  readonly thrown: unknown;
  readonly form: CallForm;
  readonly textResponse: boolean;
  readonly line: LineWriter;
}

/** Answers a call whose head asks for what can't be had. */
function failEarly(exchange: HttpExchange, { thrown, form, textResponse, line }: EarlyFailure): void {
  const { protocol, codec } = form;
  const { error, fault } = toServiceError(thrown);
  const contentType = protocol.contentType(codec, textResponse);
  const parts = { contentType, encoding: undefined, header: undefined, trailer: undefined };
  const response = protocol.fail(parts, error, undefined);
  const body = textResponse ? Buffer.from(Buffer.from(response.body).toString("base64")) : response.body;
  send(exchange, { ...response, body }, { code: error.code, fault, line });
}

interface Refused {
  readonly thrown: unknown;
  readonly line: LineWriter;
  readonly httpStatus?: number;
}

/** Answers a call that no method gets. */
function refuse({ exchange }: IncomingCall, { thrown, line, httpStatus }: Refused): void {
  const { error, fault } = toServiceError(thrown);
  const contentType = exchange.headers["content-type"] ?? "";
  const form = wireFormOf({ method: exchange.method, contentType, target: exchange.target }) ?? "connect-unary";
  const response = protocolOfForm(form).refuse(error, contentType, httpStatus);
  send(exchange, response, { code: error.code, fault, line });
}

function refuseByHttp(exchange: HttpExchange, { status, fields }: HttpRefusal, line: LineWriter): void {
  send(exchange, { status, fields, body: emptyBody }, { code: codeFromHttpStatus(status), fault: undefined, line });
}

interface SentLine {
  readonly code: number;
  readonly fault: unknown;
  readonly line: LineWriter;
}

function send(exchange: HttpExchange, { status, fields, body, trailers }: WholeResponse, sent: SentLine): void {
  exchange.send(status, fields, body, trailers);
  const { code, fault, line } = sent;
  line.write({ code, fault, httpStatus: status, bytesIn: 0, bytesOut: body.byteLength });
}
