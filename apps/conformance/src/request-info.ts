import type { Message, Registry } from "@bufbuild/protobuf";
import { type Any, anyPack } from "@bufbuild/protobuf/wkt";
import type { HandlerContext } from "@connectrpc/connect";
import type { Header } from "./conformance-types.ts";

/** What the service saw of a call, in the shape of `ConformancePayload.RequestInfo`. */
export interface RequestInfo {
  readonly requestHeaders: readonly Header[];
  readonly timeoutMs?: bigint;
  readonly requests: readonly Any[];
  readonly connectGetInfo?: { readonly queryParams: readonly Header[] };
}

/** A call as the service took it. */
export interface ConformanceCall {
  readonly registry: Registry;
  readonly context: HandlerContext;
  /** What was left of the deadline as the call came to the service, in milliseconds; undefined without one. */
  readonly timeoutMs: number | undefined;
}

/** Takes a call. The deadline is read now, since the suite compares it with the one that the client has set. */
export function takeCall(registry: Registry, context: HandlerContext): ConformanceCall {
  return { registry, context, timeoutMs: context.timeoutMs() };
}

/** Tells what the service saw of a call: its headers, its deadline, the requests given, and the query of a GET. */
export function requestInfo(call: ConformanceCall, requests: readonly Message[]): RequestInfo {
  const { registry, context, timeoutMs } = call;
  return {
    requestHeaders: [...context.requestHeader].map(([name, value]) => ({ name, value: [value] })),
    requests: packRequests(registry, requests),
    ...(timeoutMs !== undefined && { timeoutMs: BigInt(timeoutMs) }),
    ...(context.requestMethod === "GET" && { connectGetInfo: { queryParams: queryOf(context) } }),
  };
}

/** Packs each request as the `Any` that the suite compares. */
export function packRequests(registry: Registry, requests: readonly Message[]): readonly Any[] {
  return requests.map((request) => {
    const desc = registry.getMessage(request.$typeName);
    if (desc === undefined) {
      throw new Error(`the suite's protos have no ${request.$typeName}`);
    }
    return anyPack(desc, request);
  });
}

function queryOf(context: HandlerContext): readonly Header[] {
  return [...new URL(context.url).searchParams].map(([name, value]) => ({ name, value: [value] }));
}
