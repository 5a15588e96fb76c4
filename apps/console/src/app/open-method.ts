import type { DescMethod } from "@bufbuild/protobuf";
import { createDraft } from "../request/draft.ts";
import { exampleOf } from "./example-of.ts";
import { isSameRoute, type MethodRoute } from "./route.ts";
import type { Services } from "./services.ts";
import type { OpenTab } from "./workbench/open-tab.ts";

/** Where a target's method stands. */
export function routeOf(target: string, method: DescMethod): MethodRoute {
  return { target, service: method.parent.typeName, method: method.name };
}

/** What is opened, and how. */
export interface OpenMethodOptions {
  readonly route: MethodRoute;
  /** Whether a tab that has the method already is left alone. */
  readonly inNewTab?: boolean;
}

/**
 * Shows a method: in the tab that has it (the active one before others), or in a new one with the example filled in.
 * Answers the tab, or undefined where there is no room for another.
 */
export function openMethod(
  { workbench, schemas }: Pick<Services, "workbench" | "schemas">,
  { route, inNewTab = false }: OpenMethodOptions,
): OpenTab | undefined {
  const { tabs, activeId } = workbench.store.getState();
  const same = tabs.filter((tab) => isSameRoute(tab.route, route));
  const known = same.find(({ id }) => id === activeId) ?? same[0];
  if (known === undefined || inNewTab) {
    // Where the schema is not there yet, the example comes with it.
    const example = exampleOf(schemas, route);
    return workbench.open(route, example === undefined ? undefined : createDraft(example));
  }
  workbench.activate(known.id);
  return known;
}
