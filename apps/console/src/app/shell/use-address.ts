import { useEffect } from "react";
import { useStore } from "zustand";
import { createDraft } from "../../request/draft.ts";
import { findMethod } from "../../schema/service-catalog.ts";
import { isSameRoute, openMethod } from "../open-method.ts";
import { formatRoute, parseRoute } from "../route.ts";
import { useServices } from "../services.ts";
import type { Workbench } from "../workbench/workbench-store.ts";

/** Keeps the page's address and the shown tab in step: the address names the method, and opens it. */
export function useAddress(): void {
  const { workbench } = useServices();
  const route = useStore(workbench.store, ({ tabs, activeId }) => tabs.find(({ id }) => id === activeId)?.route);

  useEffect(() => {
    const follow = () => followAddress(workbench, location.hash);
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [workbench]);

  useEffect(() => {
    const shown = parseRoute(location.hash);
    if (route !== undefined && (shown === undefined || !isSameRoute(shown, route))) {
      history.pushState(null, "", formatRoute(route));
    } else if (route === undefined && location.hash !== "") {
      history.pushState(null, "", location.pathname + location.search);
    }
    document.title = route === undefined ? "Switchboard" : `${route.method} · Switchboard`;
  }, [route]);
}

function followAddress(workbench: Workbench, hash: string): void {
  const route = parseRoute(hash);
  if (route === undefined) {
    return;
  }
  const { tabs, activeId } = workbench.store.getState();
  const active = tabs.find(({ id }) => id === activeId);
  if (active !== undefined && isSameRoute(active.route, route)) {
    return;
  }
  const method = findMethod(route.service, route.method);
  if (method === undefined) {
    const known = tabs.find((tab) => isSameRoute(tab.route, route));
    known === undefined ? workbench.open(route, createDraft("")) : workbench.activate(known.id);
  } else {
    openMethod(workbench, method, false);
  }
}
