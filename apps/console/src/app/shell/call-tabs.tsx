import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { IconButton } from "../../ui/icon-button.tsx";
import { useServices } from "../services.ts";
import { closeTab } from "../workbench/close-tab.ts";
import { CallTab } from "./call-tab.tsx";
import classes from "./call-tabs.module.css";

/** Props of `CallTabs`. */
export interface CallTabsProps {
  readonly isSidebarShown: boolean;
  readonly onShowSidebar: () => void;
}

/** The open calls as tabs. Arrow keys move between them, Delete closes the focused one, as does a middle click. */
export function CallTabs({ isSidebarShown, onShowSidebar }: CallTabsProps) {
  const { t } = useTranslation();
  const { workbench, sessions, commandKey } = useServices();
  const { tabs, activeId } = useStore(workbench.store);
  const live = useStore(sessions.live);
  const list = useRef<HTMLDivElement>(null);
  const focusTab = (id: string | undefined) =>
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(id === undefined ? "button" : `[id="tab-${id}"]`)?.focus(),
    );
  const close = (id: string) => {
    const hadFocus = list.current?.contains(document.activeElement) === true;
    closeTab({ workbench, sessions }, id);
    if (hadFocus && workbench.store.getState().askedToClose === undefined) {
      focusTab(workbench.store.getState().activeId);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === activeId);
    const next = tabs[positionAfter(event.key, at, tabs.length) ?? -1];
    if (event.key === "Delete" && activeId !== undefined) {
      event.preventDefault();
      close(activeId);
    } else if (next !== undefined) {
      event.preventDefault();
      workbench.activate(next.id);
      focusTab(next.id);
    }
  };
  return (
    <div className={classes.bar} hidden={tabs.length === 0 && isSidebarShown}>
      {isSidebarShown ? null : (
        <IconButton icon="menu" label={t("app.showTree")} keys={`${commandKey} B`} onClick={onShowSidebar} />
      )}
      <div
        ref={list}
        role="tablist"
        aria-label={t("app.tabs")}
        className={classes.list}
        onKeyDown={onKeyDown}
        hidden={tabs.length === 0}
      >
        {tabs.map((tab) => (
          <CallTab
            key={tab.id}
            tab={tab}
            isActive={tab.id === activeId}
            isLive={live.has(tab.id)}
            onShow={() => workbench.activate(tab.id)}
            onClose={() => close(tab.id)}
          />
        ))}
      </div>
      {activeId === undefined ? null : (
        <IconButton icon="plus" label={t("app.newTab")} keys="H" onClick={() => workbench.activate(undefined)} />
      )}
    </div>
  );
}

function positionAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return (at + 1) % count;
    case "ArrowLeft":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
