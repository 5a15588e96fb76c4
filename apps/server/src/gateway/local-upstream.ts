import type { CallEngine } from "../rpc/call-engine.ts";
import { readCallForm } from "../rpc/call-form.ts";
import { createMemoryExchange } from "./memory-exchange.ts";
import type { Upstream } from "./upstream/upstream.ts";

/**
 * Creates the upstream that this server's own services are: requests go to the engine as they are, without a
 * connection. The engine writes their lines to the log.
 */
export function createLocalUpstream(engine: CallEngine): Upstream {
  return {
    open(request, listener) {
      const { exchange, upstream } = createMemoryExchange(request, listener);
      const { method, path, caller } = request;
      const form = readCallForm({ method, contentType: exchange.headers["content-type"] ?? "", target: path });
      const carrier = caller?.carrier ?? "http";
      // Nothing is told before this has returned.
      queueMicrotask(() => engine.answer({ exchange, path: path.split("?", 1)[0] ?? "", carrier, form }));
      return upstream;
    },
  };
}
