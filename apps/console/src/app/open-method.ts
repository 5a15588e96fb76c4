import type { DescMethod } from "@bufbuild/protobuf";
import { createDraft } from "../request/draft.ts";
import { exampleFor } from "../request/example/example-for.ts";
import { isSameRoute, type MethodRoute } from "./route.ts";
import type { OpenTab } from "./workbench/open-tab.ts";
import type { Workbench } from "./workbench/workbench-store.ts";

/** Where a target's method stands. */
export function routeOf(target: string, method: DescMethod): MethodRoute {
  return { target, service: method.parent.typeName, method: method.name };
}

/** What is opened, and how. */
export interface OpenMethodOptions {
  readonly route: MethodRoute;
  /** Undefined where the schema that has it is not there yet, or has none: the example then comes with the schema. */
  readonly method: DescMethod | undefined;
  /** Whether a tab that has the method already is left alone. */
  readonly inNewTab?: boolean;
}

/**
 * Shows a method: in the tab that has it (the active one before others), or in a new one with the example filled in.
 * Answers the tab, or undefined where there is no room for another.
 */
export function openMethod(workbench: Workbench, options: OpenMethodOptions): OpenTab | undefined {
  const { route, method, inNewTab = false } = options;
  const { tabs, activeId } = workbench.store.getState();
  const same = tabs.filter((tab) => isSameRoute(tab.route, route));
  const known = same.find(({ id }) => id === activeId) ?? same[0];
  if (known === undefined || inNewTab) {
    return workbench.open(route, method === undefined ? undefined : createDraft(exampleFor(method)));
  }
  workbench.activate(known.id);
  return known;
}
