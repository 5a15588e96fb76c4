import { Button, TextInput } from "@mantine/core";
import type { Target } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { Icon } from "../../ui/icon.tsx";
import { useServices } from "../services.ts";
import { InsecureMark } from "./insecure-mark.tsx";
import { TargetDot } from "./target-dot.tsx";
import classes from "./target-picker.module.css";
import { targetState } from "./target-state.ts";

/** Props of `TargetMenu`. */
export interface TargetMenuProps {
  readonly id: string;
  /** The target that is shown now. */
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
  readonly onClose: () => void;
}

/** More targets than this are searched rather than looked through. */
const searchedFrom = 8;

/** All targets to choose from, by the arrow keys and Enter; a field to search them where they are many. */
export function TargetMenu({ id, chosen, onChoose, onClose }: TargetMenuProps) {
  const { t } = useTranslation();
  const { targets, schemas, dialogs } = useServices();
  const { targets: all, canAdd, phase } = useStore(targets.store);
  const entries = useStore(schemas.store);
  const [query, setQuery] = useState("");
  const [current, setCurrent] = useState(chosen);
  const menu = useRef<HTMLDivElement>(null);
  const wanted = query.trim().toLowerCase();
  const shown = all.filter(({ name, address }) => `${name} ${address}`.toLowerCase().includes(wanted));
  const active = shown.find(({ name }) => name === current) ?? shown[0];
  const isSearched = all.length > searchedFrom;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening takes the focus and asks.
  useEffect(() => {
    menu.current?.querySelector<HTMLElement>("input, [role=listbox]")?.focus();
    void targets.load();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = active === undefined ? -1 : shown.indexOf(active);
    const next = shown[nextPosition(event.key, at, shown.length) ?? -1];
    if (next !== undefined) {
      event.preventDefault();
      setCurrent(next.name);
      document.getElementById(optionId(id, next))?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && active !== undefined) {
      event.preventDefault();
      onChoose(active.name);
    }
  };
  const list = {
    "aria-activedescendant": active === undefined ? undefined : optionId(id, active),
    onKeyDown,
  };
  return (
    <div ref={menu} id={id} role="dialog" aria-label={t("target.chooseHint")} className={classes.menu}>
      {isSearched ? (
        <TextInput
          className={classes.search}
          type="search"
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-label={t("target.search")}
          placeholder={t("target.search")}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          {...list}
        />
      ) : null}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("target.list")}
        className={classes.list}
        tabIndex={isSearched ? -1 : 0}
        {...(isSearched ? {} : list)}
      >
        {shown.map((target) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of all its options.
          <div
            key={target.name}
            id={optionId(id, target)}
            role="option"
            tabIndex={-1}
            aria-selected={target.name === chosen}
            data-current={target === active || undefined}
            className={classes.option}
            onClick={() => onChoose(target.name)}
          >
            <span className={classes.tick}>{target.name === chosen ? <Icon name="check" /> : null}</span>
            <span className={classes.words}>
              <span className={classes.name}>{target.name}</span>
              <span className={classes.address}>{target.address || t("target.builtIn")}</span>
            </span>
            <InsecureMark target={target} />
            <TargetDot state={targetState(entries.get(target.name))} />
          </div>
        ))}
      </div>
      {shown.length === 0 ? <p className={classes.none}>{t("target.nothingFound")}</p> : null}
      {phase === "failed" ? <p className={classes.none}>{t("target.listFailed")}</p> : null}
      <div className={classes.footer}>
        {canAdd === false ? (
          <p>{t("target.cannotAdd")}</p>
        ) : (
          <Button
            variant="subtle"
            leftSection={<Icon name="plus" />}
            onClick={() => {
              onClose();
              dialogs.setState({ open: { kind: "add", address: "" } });
            }}
          >
            {t("target.add")}
          </Button>
        )}
      </div>
    </div>
  );
}

function optionId(id: string, { name }: Target): string {
  return `${id}-${name}`;
}

function nextPosition(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return Math.min(count - 1, at + 1);
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
