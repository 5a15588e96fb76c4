import type { ConnectError } from "@connectrpc/connect";
import type { Logger } from "pino";
import { unknownTarget } from "../gateway/targets.ts";
import { type Answer, type PageHandler, sendAnswer, textAnswer } from "../net/answer.ts";
import { localTargetName, parseCallPath, stripBasePath } from "../net/call-path.ts";
import { corsHeaders, exposedHeaders, preflightHeaders } from "../net/cors.ts";
import { checkRequest, type GuardRules, type Refusal } from "../net/guard.ts";
import { peerOf } from "../net/peer.ts";
import { type NodeRequest, type RequestFacts, readRequestFacts } from "../net/request-facts.ts";
import { type NodeResponse, writeResponse } from "../net/write-response.ts";
import type { CallEngine } from "../rpc/call-engine.ts";
import { createErrorResponse } from "../rpc/error-response.ts";
import { type WireForm, wireFormOf } from "../rpc/wire-form.ts";
import { callOfNodeRequest } from "./node-call.ts";

/** What `createRequestHandler` needs. */
export interface RequestHandlerOptions {
  readonly guard: GuardRules;
  readonly engine: CallEngine;
  readonly page: PageHandler;
  /** Whether the server takes new work; false while it drains. */
  readonly isServing: () => boolean;
  readonly basePath: string;
  readonly log: Logger;
}

/** Answers requests over HTTP/1.1 and HTTP/2. */
export type RequestHandler = (request: NodeRequest, response: NodeResponse) => void;

/** Creates the handler of all HTTP requests: the guard first, then calls, then the page. */
export function createRequestHandler(options: RequestHandlerOptions): RequestHandler {
  const { guard, log } = options;
  return (request, response) => {
    const facts = readCallFacts(request);
    const refusal = checkRequest({ ...facts, isCall: facts.form !== undefined }, guard);
    if (facts.origin !== undefined && guard.policy.allowsOrigin(facts.origin)) {
      setHeaders(response, corsHeaders(facts.origin));
    }
    if (!options.isServing() && request.httpVersionMajor === 1) {
      response.setHeader("connection", "close");
    }
    const answered =
      refusal === undefined ? route(request, response, facts, options) : refuse(refusal, response, facts);
    if (refusal !== undefined) {
      log.warn({ peer: peerOf(request), reason: refusal.error.rawMessage }, "request refused");
    }
    answered.catch((error: unknown) => {
      log.error({ err: error }, "request failed");
      response.destroy();
    });
  };
}

interface CallFacts extends RequestFacts {
  /** How the call is written; undefined where the request is no call. */
  readonly form: WireForm | undefined;
}

function readCallFacts(request: NodeRequest): CallFacts {
  const facts = readRequestFacts(request);
  return { ...facts, form: wireFormOf(facts) };
}

async function route(
  request: NodeRequest,
  response: NodeResponse,
  facts: CallFacts,
  options: RequestHandlerOptions,
): Promise<void> {
  const { method, form, origin } = facts;
  const path = stripBasePath(facts.target.split("?", 1)[0] ?? "", options.basePath);
  if (method === "OPTIONS") {
    const asked = request.headers["access-control-request-headers"] ?? "";
    const headers = origin === undefined ? { allow: "GET, HEAD, POST, OPTIONS" } : preflightHeaders(origin, asked);
    sendAnswer(response, { status: 204, headers, body: "" });
  } else if (path === "/healthz") {
    sendAnswer(response, healthAnswer(options.isServing()), method === "HEAD");
  } else if (form !== undefined || options.engine.handles(parseCallPath(path).path)) {
    await serveCall(request, response, { facts, path, engine: options.engine });
  } else {
    sendAnswer(response, options.page(path, request), method === "HEAD");
  }
}

interface CallRoute {
  readonly facts: CallFacts;
  readonly path: string;
  readonly engine: CallEngine;
}

async function serveCall(request: NodeRequest, response: NodeResponse, { facts, path, engine }: CallRoute) {
  const call = parseCallPath(path);
  if (call.target !== localTargetName) {
    await sendError(response, facts, unknownTarget(call.target, [localTargetName]));
    return;
  }
  const answer = await engine.call(callOfNodeRequest(request, response, call.path));
  if (facts.origin !== undefined) {
    response.setHeader("access-control-expose-headers", exposedHeaders(answer.header?.keys() ?? []));
  }
  await writeResponse(answer, response);
}

async function refuse(refusal: Refusal, response: NodeResponse, facts: CallFacts): Promise<void> {
  if (refusal.httpStatus === 400 && response.req.httpVersionMajor === 1) {
    response.setHeader("connection", "close");
  }
  await sendError(response, facts, refusal.error, refusal.httpStatus);
}

async function sendError(response: NodeResponse, facts: CallFacts, error: ConnectError, httpStatus?: number) {
  const { form, contentType } = facts;
  if (form === undefined) {
    sendAnswer(response, textAnswer(httpStatus ?? 404, error.rawMessage), facts.method === "HEAD");
  } else {
    await writeResponse(createErrorResponse(error, { form, contentType, httpStatus }), response);
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

function setHeaders(response: NodeResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
}
