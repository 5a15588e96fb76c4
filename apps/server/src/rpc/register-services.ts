import type { ConnectRouter, ConnectRouterOptions, ServiceImplSpec } from "@connectrpc/connect";
import { type ShutdownSignals, shutdownSignalOf } from "./shutdown-signals.ts";

/**
 * Registers services so that each method ends at its own step of a shutdown.
 *
 * @param own what these services have otherwise than the router
 */
export function registerServices(
  services: readonly ServiceImplSpec[],
  signals: ShutdownSignals,
  own: ConnectRouterOptions = {},
): (router: ConnectRouter) => void {
  return (router) => {
    for (const { methods } of services) {
      for (const { method, impl } of Object.values(methods)) {
        // The two belong together, which the types of a list can't tell.
        router.rpc(method, impl as never, { ...own, shutdownSignal: shutdownSignalOf(method, signals) });
      }
    }
  };
}
