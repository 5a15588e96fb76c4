import type { DescMethod } from "@bufbuild/protobuf";
import { createDraft } from "../request/draft.ts";
import { exampleFor } from "../request/example.ts";
import { localTarget, type MethodRoute } from "./route.ts";
import type { OpenTab } from "./workbench/open-tab.ts";
import type { Workbench } from "./workbench/workbench-store.ts";

/** Where a method of the built-in services stands. */
export function routeOf(method: DescMethod): MethodRoute {
  return { target: localTarget, service: method.parent.typeName, method: method.name };
}

/** Whether two routes name the same method. */
export function isSameRoute(a: MethodRoute, b: MethodRoute): boolean {
  return a.target === b.target && a.service === b.service && a.method === b.method;
}

/**
 * Shows a method: in the tab that has it (the active one before others), or in a new one with the example filled in.
 * Answers the tab, or undefined where there is no room for another.
 */
export function openMethod(workbench: Workbench, method: DescMethod, inNewTab: boolean): OpenTab | undefined {
  const { tabs, activeId } = workbench.store.getState();
  const route = routeOf(method);
  const same = tabs.filter((tab) => isSameRoute(tab.route, route));
  const known = same.find(({ id }) => id === activeId) ?? same[0];
  if (known === undefined || inNewTab) {
    return workbench.open(route, createDraft(exampleFor(method)));
  }
  workbench.activate(known.id);
  return known;
}
