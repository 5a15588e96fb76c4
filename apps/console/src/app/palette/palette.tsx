import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/dialog.tsx";
import { countText } from "../../ui/format-figures.ts";
import { Icon } from "../../ui/icon.tsx";
import type { PageAction } from "../actions/page-actions.ts";
import { useServices } from "../services.ts";
import { collectEntries } from "./collect-entries.ts";
import classes from "./palette.module.css";
import type { PaletteEntry } from "./palette-entry.ts";
import { PaletteRow } from "./palette-row.tsx";
import { rankEntries } from "./rank-entries.ts";

/** Props of `Palette`. */
export interface PaletteProps {
  readonly actions: readonly PageAction[];
  readonly onClose: () => void;
}

/** The most entries that are listed; a word more narrows them. */
const maxListed = 60;

/** Finds methods, tabs, targets and actions by a few letters, those in use first. Arrow keys choose, Enter runs, Escape closes. */
export function Palette({ actions, onClose }: PaletteProps) {
  const { t } = useTranslation();
  const services = useServices();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  // What can be done is asked once: the palette itself changes nothing until it closes.
  const entries = useMemo(() => collectEntries(services, actions, t), [services, actions, t]);
  const found = useMemo(() => rankEntries(entries, query, services.paletteUsage.usageOf), [entries, query, services]);
  const listed = found.slice(0, maxListed);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is what has to be brought into sight.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen, query]);

  const run = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) {
      return;
    }
    onClose();
    services.paletteUsage.count(entry.id);
    // The dialog gives the focus back first, so that what runs can move it.
    requestAnimationFrame(() => entry.run());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = positionAfter(event.key, chosen, listed.length);
    if (next !== undefined) {
      event.preventDefault();
      setChosen(next);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(listed[chosen]);
    }
  };
  return (
    <Dialog label={t("palette.label")} width={620} onClose={onClose}>
      <div className={classes.search}>
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={listed.length === 0 ? undefined : `${listId}-${chosen}`}
          aria-autocomplete="list"
          aria-label={t("palette.search")}
          placeholder={t("palette.search")}
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={t("palette.results")} className={classes.list}>
        {listed.map((entry, position) => (
          <PaletteRow
            key={entry.id}
            id={`${listId}-${position}`}
            entry={entry}
            isChosen={position === chosen}
            onPoint={() => setChosen(position)}
            onRun={() => run(entry)}
          />
        ))}
      </div>
      <p role="status" className={classes.foot}>
        {found.length === 0 ? t("palette.none") : null}
        {found.length > maxListed ? t("palette.more", { more: countText(found.length - maxListed) }) : null}
        <span className={classes.keys} aria-hidden="true">
          <kbd>↑↓</kbd> {t("palette.move")} <kbd>⏎</kbd> {t("palette.choose")}
        </span>
      </p>
    </Dialog>
  );
}

function positionAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return count === 0 ? 0 : (at + 1) % count;
    case "ArrowUp":
      return count === 0 ? 0 : (at - 1 + count) % count;
    case "PageDown":
      return Math.min(at + 10, Math.max(0, count - 1));
    case "PageUp":
      return Math.max(at - 10, 0);
    default:
      return undefined;
  }
}
