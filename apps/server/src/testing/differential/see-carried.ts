import type { HandlerContext } from "@connectrpc/connect";
import { scriptHeader } from "./script.ts";

/** Tells of a call what a gateway before the server has to leave as it is. */
export function seeCarried(context: HandlerContext): unknown {
  return {
    path: new URL(context.url).pathname,
    // Others are the protocol's, which may be another on the way to the server, or the gateway's own.
    metadata: [...context.requestHeader]
      .filter(([name]) => name.startsWith("x") && name !== scriptHeader && !name.startsWith("x-switchboard-"))
      .map(([name, value]) => [name, value.trim()]),
    hasDeadline: context.timeoutMs() !== undefined,
  };
}
