import type { DescMethod } from "@bufbuild/protobuf";
import { type MouseEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { localTarget } from "../../schema/local-schema.ts";
import type { SchemaEntry } from "../../target/schema-store.ts";
import { Icon } from "../../ui/icon.tsx";
import { KindMark } from "../../ui/kind-mark.tsx";
import { useSubject } from "../target/subject.ts";
import { useTarget } from "../target/use-target.ts";
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
  const { target, service, method } = tab.route;
  const { entry } = useTarget(target);
  const desc = useSubject(tab.route)?.method;
  const mark = staleMark(entry, desc);
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
        title={target === localTarget ? `${service}/${method}` : `${target}: ${service}/${method}`}
        onClick={onShow}
      >
        {desc === undefined ? null : <KindMark kind={desc.methodKind} isWordShown={false} />}
        {target === localTarget ? null : <span className={classes.target}>{target}</span>}
        <span>{method}</span>
        {tab.isChanged === true ? (
          <span className={classes.changed} role="img" aria-label={t("app.changed")} title={t("app.changed")}>
            *
          </span>
        ) : null}
        {mark === undefined ? null : (
          <span
            className={classes.stale}
            role="img"
            aria-label={t(`schema.stale.${mark}`)}
            title={t(`schema.stale.${mark}`)}
          >
            <Icon name="warning" />
          </span>
        )}
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

/** What a refresh did to a tab's method: a key of the language catalogues under `schema.stale`. */
function staleMark(entry: SchemaEntry | undefined, method: DescMethod | undefined): "gone" | "changed" | undefined {
  if (entry?.schema !== undefined && method === undefined) {
    return "gone";
  }
  return method !== undefined && entry?.changes?.isTouched(method) === true ? "changed" : undefined;
}
