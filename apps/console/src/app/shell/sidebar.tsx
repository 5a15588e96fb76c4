import type { DescMethod } from "@bufbuild/protobuf";
import { type RefObject, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { MethodFilter } from "../../library/method-filter.tsx";
import { MethodTree } from "../../library/method-tree.tsx";
import { serviceGroups } from "../../schema/service-catalog.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { openMethod } from "../open-method.ts";
import { useServices } from "../services.ts";
import classes from "./sidebar.module.css";
import { TreeResizer } from "./tree-resizer.tsx";

/** Props of `Sidebar`. */
export interface SidebarProps {
  readonly filterRef: RefObject<HTMLInputElement | null>;
  readonly isShown: boolean;
  /** Whether it lies over the calls and closes once a method is opened. */
  readonly isDrawer: boolean;
  readonly onClose: () => void;
  /** A method was opened. */
  readonly onOpened: () => void;
}

/** The methods that can be called, with a filter. */
export function Sidebar({ filterRef, isShown, isDrawer, onClose, onOpened }: SidebarProps) {
  const { t } = useTranslation();
  const { workbench, sessions, preferences, commandKey } = useServices();
  const [query, setQuery] = useState("");
  const tree = useRef<HTMLDivElement>(null);
  const { tabs, activeId } = useStore(workbench.store);
  const foldedServices = useStore(preferences, (state) => state.foldedServices);
  const liveTabs = useStore(sessions.live);
  const liveIds = useMemo(
    () => new Set(tabs.filter(({ id }) => liveTabs.has(id)).map(({ route }) => `${route.service}/${route.method}`)),
    [tabs, liveTabs],
  );
  if (!isShown) {
    return null;
  }
  const active = tabs.find(({ id }) => id === activeId)?.route;
  const open = (method: DescMethod, { inNewTab }: { readonly inNewTab: boolean }) => {
    openMethod(workbench, method, inNewTab);
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
          <span className={classes.target}>{t("app.local")}</span>
          <IconButton icon="menu" label={t("app.hideTree")} keys={`${commandKey} B`} onClick={onClose} />
        </div>
        <div className={classes.filter}>
          <MethodFilter
            ref={filterRef}
            query={query}
            onQueryChange={setQuery}
            onLeaveDown={() => tree.current?.querySelector<HTMLElement>('[role="treeitem"][data-level="2"]')?.focus()}
          />
        </div>
        <MethodTree
          groups={serviceGroups}
          query={query}
          selectedId={active && `${active.service}/${active.method}`}
          liveIds={liveIds}
          foldedServices={foldedServices}
          onFoldedChange={(folded) => preferences.setState({ foldedServices: folded })}
          onOpen={open}
        />
        {isDrawer ? null : <TreeResizer />}
      </nav>
    </>
  );
}
