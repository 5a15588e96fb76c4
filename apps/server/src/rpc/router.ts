import type { DescMethod } from "@bufbuild/protobuf";
import {
  type ConnectRouter,
  type ConnectRouterOptions,
  createConnectRouter,
  createMethodImplSpec,
  createServiceImplSpec,
  type MethodImplSpec,
} from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { createRoute, type Route } from "./route.ts";
import { createShutdownGroups } from "./shutdown-groups.ts";

/** A router of Connect's, and the routes that the engine makes of what is registered. */
export interface Router extends ConnectRouter {
  /** The route of every method, by its path. */
  readonly routes: ReadonlyMap<string, Route>;
}

/**
 * Creates a router. Options of a service or method go before the router's, one by one, so that what they leave out
 * stays as the router has it.
 */
export function createRouter(options: ConnectRouterOptions = {}): Router {
  const routes = new Map<string, Route>();
  const findShutdownGroup = createShutdownGroups();
  const registrations: ((router: ConnectRouter) => void)[] = [];
  const add = (spec: MethodImplSpec, own: ConnectRouterOptions | undefined) => {
    const route = createRoute(spec, { ...options, ...own }, findShutdownGroup);
    routes.set(route.path, route);
  };
  let handlers: UniversalHandler[] | undefined;
  const router: Router = {
    routes,
    /** Connect's own handlers of the same methods, for whoever wants to mount them elsewhere. */
    get handlers() {
      if (handlers === undefined) {
        const stock = createConnectRouter(options);
        for (const register of registrations) {
          register(stock);
        }
        handlers = stock.handlers;
      }
      return handlers;
    },
    service(service, implementation, own) {
      registrations.push((stock) => stock.service(service, implementation, own && { ...options, ...own }));
      for (const spec of Object.values(createServiceImplSpec(service, implementation).methods)) {
        add(spec, own);
      }
      return router;
    },
    rpc(method, impl, own) {
      registrations.push((stock) => stock.rpc(method, impl, own && { ...options, ...own }));
      add(createMethodImplSpec(method as DescMethod, impl as never), own);
      return router;
    },
  };
  return router;
}
