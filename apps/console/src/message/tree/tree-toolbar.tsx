import type { KeyboardEvent, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { countText } from "../../ui/format-figures.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import buttons from "../../ui/text-button.module.css";
import { useMessageSettingsStore } from "../message-settings.ts";
import classes from "./json-view.module.css";
import type { TreeView } from "./tree-view.ts";

/** Props of `TreeToolbar`. */
export interface TreeToolbarProps {
  readonly view: TreeView;
  /** The search field, for whoever wants it focused. */
  readonly field: RefObject<HTMLInputElement | null>;
  /** Escape was pressed in the search field. */
  readonly onLeave: () => void;
}

const everyLevel = Number.POSITIVE_INFINITY;

/** Search, folding by level, and how values are shown, for the message below. */
export function TreeToolbar({ view, field, onLeave }: TreeToolbarProps) {
  const { t } = useTranslation();
  const search = useStore(view.search.store);
  const { isUnfolding, isCut } = useStore(view.store);
  const store = useMessageSettingsStore();
  const { showsDefaults, showsEnumNumbers } = useStore(store);
  const step = (by: 1 | -1) => {
    const place = view.search.step(by);
    if (place !== undefined) {
      view.goTo(place);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      // The key is the field's own, and cancels no call.
      event.preventDefault();
      view.search.look("");
      onLeave();
    } else if (event.key === "f" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.current?.select();
    }
  };
  return (
    <div role="toolbar" aria-label={t("jsonTree.toolbar")} className={classes.bar}>
      <div className={classes.search}>
        <input
          ref={field}
          type="search"
          className={classes.field}
          value={search.text}
          placeholder={t("jsonTree.searchWord")}
          aria-label={t("jsonTree.search")}
          spellCheck={false}
          onChange={(event) => view.search.look(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <span role="status" className={classes.found}>
          {search.text === "" ? "" : foundWords()}
        </span>
        <IconButton icon="up" label={t("jsonTree.previous")} keys="Shift Enter" {...stepProps(-1)} />
        <IconButton icon="down" label={t("jsonTree.next")} keys="Enter" {...stepProps(1)} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here. */}
      <div role="group" aria-label={t("jsonTree.levels")} className={buttons.group}>
        {[1, 2, 3].map((levels) => (
          <button
            key={levels}
            type="button"
            className={buttons.button}
            title={t("jsonTree.showLevels", { count: levels })}
            aria-label={t("jsonTree.showLevels", { count: levels })}
            onClick={() => view.showLevels(levels)}
          >
            {levels}
          </button>
        ))}
        {isUnfolding ? (
          <button type="button" className={buttons.button} onClick={view.stop}>
            {t("jsonTree.stop")}
          </button>
        ) : (
          <button type="button" className={buttons.button} onClick={() => view.showLevels(everyLevel)}>
            {t("jsonTree.unfoldAll")}
          </button>
        )}
      </div>
      {isCut ? <span role="status">{t("jsonTree.cut")}</span> : null}
      <span className={classes.space} />
      <button
        type="button"
        className={buttons.button}
        aria-pressed={showsDefaults}
        title={t("message.defaults")}
        onClick={() => store.setState({ showsDefaults: !showsDefaults })}
      >
        {t("jsonTree.defaults")}
      </button>
      <button
        type="button"
        className={buttons.button}
        aria-pressed={showsEnumNumbers}
        title={t("jsonTree.enumNumbersHint")}
        onClick={() => store.setState({ showsEnumNumbers: !showsEnumNumbers })}
      >
        {t("jsonTree.enumNumbers")}
      </button>
    </div>
  );

  function stepProps(by: 1 | -1) {
    return { disabled: search.found === 0, onClick: () => step(by) };
  }

  function foundWords(): string {
    if (search.found === 0) {
      return search.isRunning ? t("jsonTree.searching") : t("jsonTree.notFound");
    }
    const more = search.isRunning || search.isCut ? "+" : "";
    return t("jsonTree.found", {
      current: countText((search.current ?? 0) + 1),
      total: `${countText(search.found)}${more}`,
    });
  }
}
