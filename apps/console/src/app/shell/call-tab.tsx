import { type MouseEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { findMethod } from "../../schema/service-catalog.ts";
import { Icon } from "../../ui/icon.tsx";
import { KindMark } from "../../ui/kind-mark.tsx";
import type { OpenTab } from "../workbench/open-tab.ts";
import classes from "./call-tabs.module.css";

/** Props of `CallTab`. */
export interface CallTabProps {
  readonly tab: OpenTab;
  readonly isActive: boolean;
  /** Whether its call is under way. */
  readonly isLive: boolean;
  readonly onShow: () => void;
  readonly onClose: () => void;
}

/** One tab. Its cross is for the mouse alone: a tab may hold no other control, and Delete closes it by keyboard. */
export function CallTab({ tab, isActive, isLive, onShow, onClose }: CallTabProps) {
  const { t } = useTranslation();
  const { service, method } = tab.route;
  const desc = findMethod(service, method);
  const self = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) {
      self.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }, [isActive]);
  const onAuxClick = (event: MouseEvent) => {
    if (event.button === 1) {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <div
      ref={self}
      role="presentation"
      className={classes.tab}
      data-active={isActive || undefined}
      onAuxClick={onAuxClick}
    >
      <button
        type="button"
        role="tab"
        id={`tab-${tab.id}`}
        className={classes.name}
        aria-selected={isActive}
        aria-controls={isActive ? "call-panel" : undefined}
        aria-keyshortcuts="Delete"
        tabIndex={isActive ? 0 : -1}
        title={`${service}/${method}`}
        onClick={onShow}
      >
        {desc === undefined ? null : <KindMark kind={desc.methodKind} isWordShown={false} />}
        <span>{method}</span>
        {isLive ? (
          <span className={classes.live} role="img" aria-label={t("tree.live")} title={t("tree.live")} />
        ) : null}
      </button>
      <span
        className={classes.close}
        aria-hidden="true"
        data-close
        title={t("app.closeTab", { name: method })}
        onClick={onClose}
      >
        <Icon name="close" />
      </span>
    </div>
  );
}
