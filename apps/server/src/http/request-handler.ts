import type { Logger } from "pino";
import type { Carrier } from "../gateway/bridge/carrier.ts";
import { type Answer, type PageHandler, sendAnswer, textAnswer } from "../net/answer.ts";
import { isConsolePath, localTargetName, parseCallPath, stripBasePath } from "../net/call-path.ts";
import { addCorsFields, preflightHeaders } from "../net/cors.ts";
import { checkRequest, type GuardRules, type Refusal } from "../net/guard.ts";
import type { HttpExchange } from "../net/http-exchange.ts";
import { type RequestFacts, readRequestFacts } from "../net/request-facts.ts";
import type { CallEngine } from "../rpc/call-engine.ts";
import { type CallForm, readCallForm } from "../rpc/call-form.ts";

/** What `createRequestHandler` needs. */
export interface RequestHandlerOptions {
  readonly guard: GuardRules;
  readonly engine: CallEngine;
  /** Carries the calls to other targets than the server's own services. */
  readonly carrier: Carrier;
  /** The name of the target of the calls that nothing here implements; undefined for none. */
  readonly proxy: string | undefined;
  readonly page: PageHandler;
  /** Whether the server takes new work; false while it drains. */
  readonly isServing: () => boolean;
  readonly basePath: string;
  readonly log: Logger;
}

/** Answers requests over HTTP/1.1 and HTTP/2. */
export type RequestHandler = (exchange: HttpExchange) => void;

/** Creates the handler of all HTTP requests: the guard first, then calls, then the page. */
export function createRequestHandler(options: RequestHandlerOptions): RequestHandler {
  const { guard, log } = options;
  return (exchange) => {
    const facts = readRequestFacts(exchange);
    const form = readCallForm(facts);
    const refusal = checkRequest(facts, form !== undefined, guard);
    addHeadFields(exchange, options, refusal);
    try {
      if (refusal === undefined) {
        route(exchange, facts, form, options);
      } else {
        log.warn({ peer: exchange.peer, reason: refusal.error.rawMessage }, "request refused");
        refuse(exchange, form, refusal);
      }
    } catch (error) {
      log.error({ err: error }, "request failed");
      exchange.reset();
    }
  };
}

/** Sees to the fields that every response has, whoever writes it. */
function addHeadFields(
  exchange: HttpExchange,
  { guard, isServing }: RequestHandlerOptions,
  refusal: Refusal | undefined,
): void {
  const { origin } = exchange.headers;
  const cors = origin !== undefined && guard.policy.allowsOrigin(origin) ? origin : undefined;
  const isHttp1 = exchange.httpVersion !== "2.0";
  const closes = isHttp1 && (refusal?.httpStatus === 400 || !isServing());
  if (cors === undefined && !closes) {
    return;
  }
  exchange.onHead = (fields) => {
    if (cors !== undefined) {
      addCorsFields(fields, cors);
    }
    if (closes) {
      fields.push("connection", "close");
    }
  };
}

function route(
  exchange: HttpExchange,
  facts: RequestFacts,
  form: CallForm | undefined,
  options: RequestHandlerOptions,
): void {
  const { method, target } = facts;
  const { basePath, carrier, engine, page, proxy, isServing } = options;
  const query = target.indexOf("?");
  const path = stripBasePath(query === -1 ? target : target.slice(0, query), basePath);
  if (method === "OPTIONS") {
    sendAnswer(exchange, { status: 204, headers: optionsHeaders(exchange, facts), body: "" });
    return;
  }
  if (path === "/healthz") {
    sendAnswer(exchange, healthAnswer(isServing()));
    return;
  }
  const call = parseCallPath(path);
  const isCall = form !== undefined || (method !== "GET" && method !== "HEAD");
  if (call.target !== localTargetName && isCall) {
    carrier.carry({ exchange, target: call.target, path: call.path, form });
  } else if (engine.handles(call.path)) {
    engine.answer({ exchange, path: call.path, carrier: "http", form });
  } else if (proxy !== undefined && call.path === path && isCall && !isConsolePath(path)) {
    carrier.carry({ exchange, target: proxy, path, form });
  } else if (form === undefined) {
    sendAnswer(exchange, page(path, exchange));
  } else {
    engine.answer({ exchange, path: call.path, carrier: "http", form });
  }
}

function optionsHeaders({ headers }: HttpExchange, { origin }: RequestFacts): Record<string, string> {
  return origin === undefined
    ? { allow: "GET, HEAD, POST, OPTIONS" }
    : preflightHeaders(headers["access-control-request-headers"] ?? "");
}

interface Refused {
  readonly httpStatus: Refusal["httpStatus"] | undefined;
  readonly error: Refusal["error"];
}

function refuse(exchange: HttpExchange, form: CallForm | undefined, { httpStatus, error }: Refused): void {
  if (form === undefined) {
    sendAnswer(exchange, textAnswer(httpStatus ?? 404, error.rawMessage));
  } else {
    const { status, fields, body } = form.protocol.refuse(error, exchange.headers["content-type"] ?? "", httpStatus);
    exchange.send(status, fields, body);
  }
}

function healthAnswer(isServing: boolean): Answer {
  const body = JSON.stringify({ status: isServing ? "ok" : "draining" });
  return {
    status: isServing ? 200 : 503,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body,
  };
}
