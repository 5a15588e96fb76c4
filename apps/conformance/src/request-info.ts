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

/** Tells what the service saw of a call: its headers, its deadline, the requests given, and the query of a GET. */
export function requestInfo(registry: Registry, context: HandlerContext, requests: readonly Message[]): RequestInfo {
  const timeoutMs = context.timeoutMs();
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
