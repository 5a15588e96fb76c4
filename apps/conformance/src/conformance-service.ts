import { setTimeout as delay } from "node:timers/promises";
import { create, type Message, type Registry } from "@bufbuild/protobuf";
import { ConnectError, type HandlerContext } from "@connectrpc/connect";
import type {
  DefinedError,
  Header,
  StreamDefinition,
  StreamLikeRequest,
  UnaryDefinition,
  UnaryLikeRequest,
} from "./conformance-types.ts";
import { type ConformanceCall, packRequests, type RequestInfo, requestInfo, takeCall } from "./request-info.ts";

const requestInfoType = "connectrpc.conformance.v1.ConformancePayload.RequestInfo";

/** One response: what the payload holds. Properties that are not set are left out. */
interface PayloadResponse {
  readonly payload: { readonly data?: Uint8Array; readonly requestInfo?: Partial<RequestInfo> };
}

interface RestOfStream {
  readonly definition: StreamDefinition | undefined;
  /** How many responses were sent before. */
  readonly from: number;
  /** What the service saw of the call, where no response has told it yet. */
  readonly info: RequestInfo | undefined;
}

/** The methods of `connectrpc.conformance.v1.ConformanceService` that a server is to implement. */
export interface ConformanceService {
  unary(request: UnaryLikeRequest, context: HandlerContext): Promise<PayloadResponse>;
  idempotentUnary(request: UnaryLikeRequest, context: HandlerContext): Promise<PayloadResponse>;
  clientStream(requests: AsyncIterable<UnaryLikeRequest>, context: HandlerContext): Promise<PayloadResponse>;
  serverStream(request: StreamLikeRequest, context: HandlerContext): AsyncIterable<PayloadResponse>;
  bidiStream(requests: AsyncIterable<StreamLikeRequest>, context: HandlerContext): AsyncIterable<PayloadResponse>;
}

/**
 * Creates the service that the suite's reference clients call, as its proto describes it.
 *
 * @param registry the types of the suite
 */
export function createConformanceService(registry: Registry): ConformanceService {
  const unary = (request: UnaryLikeRequest, context: HandlerContext) =>
    answerOnce(takeCall(registry, context), [request], request.responseDefinition);
  return {
    unary,
    idempotentUnary: unary,
    async clientStream(requests, context) {
      const call = takeCall(registry, context);
      const all: UnaryLikeRequest[] = [];
      for await (const request of requests) {
        all.push(request);
      }
      return answerOnce(call, all, all[0]?.responseDefinition);
    },
    async *serverStream(request, context) {
      const call = takeCall(registry, context);
      setMetadata(context, request.responseDefinition);
      const info = requestInfo(call, [request]);
      yield* answerRest(call, { definition: request.responseDefinition, from: 0, info });
    },
    bidiStream: (requests, context) => converse(takeCall(registry, context), requests),
  };
}

async function answerOnce(
  call: ConformanceCall,
  requests: readonly Message[],
  definition: UnaryDefinition | undefined,
): Promise<PayloadResponse> {
  setMetadata(call.context, definition);
  await pause(definition?.responseDelayMs, call.context);
  const info = requestInfo(call, requests);
  switch (definition?.response.case) {
    case "error":
      throw toConnectError(call.registry, definition.response.value, info);
    case "responseData":
      return { payload: { data: definition.response.value, requestInfo: info } };
    case undefined:
      return { payload: { requestInfo: info } };
  }
}

/** Sends the rest of the responses, then the error if there is one. `rest.info` goes with whichever comes first. */
async function* answerRest({ registry, context }: ConformanceCall, rest: RestOfStream): AsyncIterable<PayloadResponse> {
  let info = rest.info;
  for (const data of rest.definition?.responseData.slice(rest.from) ?? []) {
    await pause(rest.definition?.responseDelayMs, context);
    yield { payload: { data, ...(info !== undefined && { requestInfo: info }) } };
    info = undefined;
  }
  if (rest.definition?.error !== undefined) {
    throw toConnectError(registry, rest.definition.error, info);
  }
}

async function* converse(
  call: ConformanceCall,
  requests: AsyncIterable<StreamLikeRequest>,
): AsyncIterable<PayloadResponse> {
  const { registry, context } = call;
  const seen: StreamLikeRequest[] = [];
  let definition: StreamDefinition | undefined;
  let sent = 0;
  for await (const request of requests) {
    if (seen.length === 0) {
      definition = request.responseDefinition;
      setMetadata(context, definition);
    }
    seen.push(request);
    if (seen[0]?.fullDuplex !== true) {
      continue;
    }
    const data = definition?.responseData[sent];
    if (data === undefined) {
      break;
    }
    await pause(definition?.responseDelayMs, context);
    const info = sent === 0 ? requestInfo(call, [request]) : { requests: packRequests(registry, [request]) };
    yield { payload: { data, requestInfo: info } };
    sent++;
  }
  const info = sent === 0 ? requestInfo(call, seen) : undefined;
  yield* answerRest(call, { definition, from: sent, info });
}

function setMetadata(
  context: HandlerContext,
  definition: { readonly responseHeaders: readonly Header[]; readonly responseTrailers: readonly Header[] } | undefined,
): void {
  append(context.responseHeader, definition?.responseHeaders);
  append(context.responseTrailer, definition?.responseTrailers);
}

function append(to: Headers, fields: readonly Header[] | undefined): void {
  for (const { name, value } of fields ?? []) {
    for (const one of value) {
      to.append(name, one);
    }
  }
}

async function pause(ms: number | undefined, context: HandlerContext): Promise<void> {
  if (ms !== undefined && ms > 0) {
    await delay(ms, undefined, { signal: context.signal });
  }
}

function toConnectError(registry: Registry, error: DefinedError, info: RequestInfo | undefined): ConnectError {
  const connectError = new ConnectError(error.message ?? "", error.code);
  connectError.details = error.details.map(({ typeUrl, value }) => ({
    type: typeUrl.slice(typeUrl.lastIndexOf("/") + 1),
    value,
  }));
  const desc = registry.getMessage(requestInfoType);
  if (info !== undefined && desc !== undefined) {
    connectError.details.push({ desc, value: create(desc, { ...info }) });
  }
  return connectError;
}
