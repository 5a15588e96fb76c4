import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { countText } from "../../../ui/format-figures.ts";
import { firstLine } from "./first-line.ts";
import { maxSuggestions, type Suggestion } from "./suggestion.ts";
import classes from "./suggestion-list.module.css";

/** Props of `SuggestionList`. */
export interface SuggestionListProps {
  readonly id: string;
  readonly label: string;
  readonly suggestions: readonly Suggestion[];
  /** The position of the marked one; -1 for none. */
  readonly active: number;
  /** The field that the list belongs to, below or above which it floats. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onChoose: (suggestion: Suggestion) => void;
  readonly onClose: () => void;
}

/** The id of the suggestion at a position. */
export function suggestionId(listId: string, position: number): string {
  return `${listId}-${position}`;
}

const mostHeight = 288;
const gap = 2;

/** What a field offers, floating over the page. The focus stays in the field. */
export function SuggestionList({ id, label, suggestions, active, anchor, onChoose, onClose }: SuggestionListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number; minWidth: number; height: number }>();

  useLayoutEffect(() => {
    const box = anchor.current?.getBoundingClientRect();
    const wanted = Math.min(list.current?.scrollHeight ?? 0, mostHeight);
    if (box === undefined) {
      return;
    }
    const below = innerHeight - box.bottom - gap * 2;
    const above = box.top - gap * 2;
    const isBelow = below >= wanted || below >= above;
    const height = Math.min(mostHeight, isBelow ? below : above);
    const top = isBelow ? box.bottom + gap : box.top - gap - Math.min(wanted + 2, height);
    const width = list.current?.offsetWidth ?? 0;
    const left = Math.max(gap, Math.min(box.left, innerWidth - width - gap));
    setPlace((before) =>
      before?.top === top && before.left === left && before.height === height && before.minWidth === box.width
        ? before
        : { left, top, minWidth: box.width, height },
    );
  });

  useLayoutEffect(() => {
    document.getElementById(suggestionId(id, active))?.scrollIntoView({ block: "nearest" });
  }, [id, active]);

  useLayoutEffect(() => {
    // What the list floats over has moved away below it.
    const onScroll = ({ target }: Event) => {
      if (target instanceof Node && target.contains(anchor.current)) {
        onClose();
      }
    };
    addEventListener("scroll", onScroll, true);
    addEventListener("resize", onClose);
    return () => {
      removeEventListener("scroll", onScroll, true);
      removeEventListener("resize", onClose);
    };
  }, [anchor, onClose]);

  const rest = suggestions.length - maxSuggestions;
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: it only leaves the focus where it is.
    <div
      ref={list}
      className={classes.list}
      style={
        place === undefined
          ? { visibility: "hidden" }
          : { left: place.left, top: place.top, minWidth: place.minWidth, maxHeight: place.height }
      }
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      <div id={id} role="listbox" aria-label={label}>
        {suggestions.slice(0, maxSuggestions).map((suggestion, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field that has the focus listens for the keys.
          // biome-ignore lint/a11y/useFocusableInteractive: the field names the marked one by aria-activedescendant.
          <div
            key={suggestion.key}
            id={suggestionId(id, position)}
            role="option"
            aria-selected={position === active}
            className={classes.option}
            onClick={() => onChoose(suggestion)}
          >
            <span className={classes.line}>
              <bdi className={classes.label} data-deprecated={suggestion.isDeprecated || undefined}>
                {suggestion.label}
              </bdi>
              {suggestion.isDeprecated === true ? (
                <span className={classes.tag}>{t("fieldEditor.deprecated")}</span>
              ) : null}
              <bdi className={classes.detail}>{suggestion.detail}</bdi>
            </span>
            {suggestion.note === undefined ? null : <bdi className={classes.note}>{firstLine(suggestion.note)}</bdi>}
          </div>
        ))}
      </div>
      {rest > 0 ? <p className={classes.more}>{t("fieldEditor.more", { count: countText(rest) })}</p> : null}
    </div>,
    document.body,
  );
}
