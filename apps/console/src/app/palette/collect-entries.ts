import type { DescMethod } from "@bufbuild/protobuf";
import type { TFunction } from "i18next";
import type { PageAction } from "../actions/page-actions.ts";
import { openMethod, routeOf } from "../open-method.ts";
import type { Services } from "../services.ts";
import type { PaletteEntry } from "./palette-entry.ts";

/** What the palette offers now: the open tabs, what can be done, the methods of every schema that is loaded (the shown target's first), and the targets. */
export function collectEntries(
  services: Services,
  actions: readonly PageAction[],
  t: TFunction,
): readonly PaletteEntry[] {
  return [
    ...tabEntries(services),
    ...actionEntries(actions, t),
    ...methodEntries(services),
    ...targetEntries(services, t),
  ];
}

function tabEntries({ workbench, sessions }: Services): readonly PaletteEntry[] {
  const { tabs, activeId } = workbench.store.getState();
  const live = sessions.live.getState();
  return tabs
    .filter(({ id }) => id !== activeId)
    .map(({ id, route }) => ({
      id: `tab:${id}`,
      kind: "tab",
      title: route.method,
      detail: `${route.target} ${route.service}`,
      isLive: live.has(id),
      run: () => workbench.activate(id),
    }));
}

function actionEntries(actions: readonly PageAction[], t: TFunction): readonly PaletteEntry[] {
  return actions
    .filter(({ id, isEnabled }) => id !== "palette" && isEnabled())
    .map(({ id, chord, run }) => ({
      id: `action:${id}`,
      kind: "action",
      title: t(`keys.${id}`),
      detail: "",
      chord,
      run,
    }));
}

function methodEntries(services: Services): readonly PaletteEntry[] {
  const { workbench, schemas } = services;
  const shown = workbench.store.getState().target;
  const entries = [...schemas.store.getState()].toSorted(([a], [b]) => Number(b === shown) - Number(a === shown));
  return entries.flatMap(([target, { schema }]) =>
    (schema?.groups ?? []).flatMap((group) =>
      group.services.flatMap(({ methods }) => methods.map((method) => methodEntry(services, target, method))),
    ),
  );
}

function methodEntry(services: Services, target: string, method: DescMethod): PaletteEntry {
  const route = routeOf(target, method);
  return {
    id: `method:${route.target}/${route.service}/${route.method}`,
    kind: "method",
    title: method.name,
    detail: `${target} ${route.service}`,
    methodKind: method.methodKind,
    run: () => void openMethod(services, { route }),
  };
}

function targetEntries({ targets, workbench }: Services, t: TFunction): readonly PaletteEntry[] {
  return targets.store.getState().targets.map(({ name, address }) => ({
    id: `target:${name}`,
    kind: "target",
    title: name,
    detail: address || t("target.builtIn"),
    run: () => workbench.showTarget(name),
  }));
}
