import { useEffect } from "react";
import { useStore } from "zustand";
import { localTarget } from "../../schema/local-schema.ts";
import { openMethod } from "../open-method.ts";
import { formatRoute, isSameRoute, type MethodRoute, type PageRoute, parseRoute } from "../route.ts";
import { type Services, useServices } from "../services.ts";

/** Keeps the page's address and what is shown in step: the address names the target and the method, and opens them. */
export function useAddress(): void {
  const services = useServices();
  const { workbench } = services;
  const method = useStore(workbench.store, ({ tabs, activeId }) => tabs.find(({ id }) => id === activeId)?.route);
  const target = useStore(workbench.store, (state) => state.target);

  useEffect(() => {
    const follow = () => followAddress(services, location.hash);
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [services]);

  useEffect(() => {
    const address = addressOf(target, method);
    const shown = parseRoute(location.hash);
    if (!isShown(shown, target, method) && location.hash !== address) {
      history.pushState(null, "", address === "" ? location.pathname + location.search : address);
    }
    document.title = [method?.method ?? (target === localTarget ? undefined : target), "Switchboard"]
      .filter((part) => part !== undefined)
      .join(" · ");
  }, [target, method]);
}

function addressOf(target: string, method: MethodRoute | undefined): string {
  return method === undefined && target === localTarget ? "" : formatRoute({ target, method });
}

function isShown(shown: PageRoute | undefined, target: string, method: MethodRoute | undefined): boolean {
  if (shown?.method === undefined || method === undefined) {
    return shown?.target === target && shown.method === method;
  }
  return isSameRoute(shown.method, method);
}

function followAddress(services: Services, hash: string): void {
  const { workbench } = services;
  const route = parseRoute(hash);
  const { tabs, activeId, target } = workbench.store.getState();
  const active = tabs.find(({ id }) => id === activeId)?.route;
  if (route === undefined || isShown(route, target, active)) {
    return;
  }
  if (route.method === undefined) {
    workbench.showTarget(route.target);
  } else {
    openMethod(services, { route: route.method });
  }
}
