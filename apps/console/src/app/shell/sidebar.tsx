import type { DescMethod } from "@bufbuild/protobuf";
import { type Ref, type RefObject, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { MethodFilter } from "../../library/method-filter.tsx";
import { MethodTree } from "../../library/method-tree.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { openMethod, routeOf } from "../open-method.ts";
import { useServices } from "../services.ts";
import { ChangesNotice } from "../target/changes-notice.tsx";
import type { TargetPickerHandle } from "../target/target-picker.tsx";
import { TreePlaceholder } from "../target/tree-placeholder.tsx";
import { useTarget } from "../target/use-target.ts";
import classes from "./sidebar.module.css";
import { SidebarTarget } from "./sidebar-target.tsx";
import { TreeResizer } from "./tree-resizer.tsx";

/** Props of `Sidebar`. */
export interface SidebarProps {
  readonly filterRef: RefObject<HTMLInputElement | null>;
  readonly pickerRef: Ref<TargetPickerHandle>;
  readonly isShown: boolean;
  /** Whether it lies over the calls and closes once a method is opened. */
  readonly isDrawer: boolean;
  readonly onClose: () => void;
  /** Something was opened. */
  readonly onOpened: () => void;
}

/** The target and its methods that can be called, with a filter. */
export function Sidebar({ filterRef, pickerRef, isShown, isDrawer, onClose, onOpened }: SidebarProps) {
  const { t } = useTranslation();
  const services = useServices();
  const { workbench, preferences, commandKey } = services;
  const [query, setQuery] = useState("");
  const tree = useRef<HTMLDivElement>(null);
  const { tabs, activeId, target } = useStore(workbench.store);
  const { entry } = useTarget(target);
  const foldedServices = useStore(preferences, (state) => state.foldedServices);
  const liveIds = useLiveIds(target);
  if (!isShown) {
    return null;
  }
  const active = tabs.find(({ id }) => id === activeId)?.route;
  const open = (method: DescMethod, { inNewTab }: { readonly inNewTab: boolean }) => {
    openMethod(services, { route: routeOf(target, method), inNewTab });
    onOpened();
  };
  return (
    <>
      {isDrawer ? <div className={classes.backdrop} onClick={onClose} aria-hidden="true" /> : null}
      <nav ref={tree} className={classes.sidebar} data-drawer={isDrawer || undefined} aria-label={t("app.tree")}>
        <div className={classes.head}>
          <span className={classes.brand} aria-hidden="true">
            <img src="./favicon.svg" alt="" width="18" height="18" />
            Switchboard
          </span>
          <IconButton icon="menu" label={t("app.hideTree")} keys={`${commandKey} B`} onClick={onClose} />
        </div>
        <SidebarTarget pickerRef={pickerRef} target={target} onOpened={onOpened} />
        <ChangesNotice target={target} />
        <div className={classes.filter}>
          <MethodFilter
            ref={filterRef}
            query={query}
            onQueryChange={setQuery}
            onLeaveDown={() => tree.current?.querySelector<HTMLElement>('[role="treeitem"][data-level="2"]')?.focus()}
          />
        </div>
        {entry?.schema === undefined || entry.schema.groups.length === 0 ? (
          <TreePlaceholder target={target} />
        ) : (
          <MethodTree
            key={target}
            groups={entry.schema.groups}
            query={query}
            selectedId={active?.target === target ? `${active.service}/${active.method}` : undefined}
            liveIds={liveIds}
            foldedServices={foldedServices}
            onFoldedChange={(folded) => preferences.setState({ foldedServices: folded })}
            onOpen={open}
          />
        )}
        {isDrawer ? null : <TreeResizer />}
      </nav>
    </>
  );
}

/** The methods of a target with an open call, as `methodId` names them. */
function useLiveIds(target: string): ReadonlySet<string> {
  const { workbench, sessions } = useServices();
  const tabs = useStore(workbench.store, (state) => state.tabs);
  const live = useStore(sessions.live);
  return useMemo(() => {
    const open = tabs.filter(({ id, route }) => live.has(id) && route.target === target);
    return new Set(open.map(({ route }) => `${route.service}/${route.method}`));
  }, [tabs, live, target]);
}
