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

interface ListPlace {
  readonly left: number;
  readonly top: number;
  readonly minWidth: number;
  readonly maxHeight: number;
}

/** Below the field, or above it where there is more room. */
function placeAt(field: DOMRect, frame: HTMLElement, list: HTMLElement): ListPlace {
  const wanted = Math.min(list.scrollHeight + frame.offsetHeight - list.offsetHeight, mostHeight);
  const below = innerHeight - field.bottom - gap * 2;
  const above = field.top - gap * 2;
  const isBelow = below >= wanted || below >= above;
  const maxHeight = Math.min(mostHeight, isBelow ? below : above);
  return {
    left: Math.max(gap, Math.min(field.left, innerWidth - frame.offsetWidth - gap)),
    top: isBelow ? field.bottom + gap : field.top - gap - Math.min(wanted, maxHeight),
    minWidth: field.width,
    maxHeight,
  };
}

function isSame(one: ListPlace, other: ListPlace): boolean {
  return (
    one.left === other.left &&
    one.top === other.top &&
    one.minWidth === other.minWidth &&
    one.maxHeight === other.maxHeight
  );
}

/** What a field offers, floating over the page. The focus stays in the field. */
export function SuggestionList({ id, label, suggestions, active, anchor, onChoose, onClose }: SuggestionListProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<ListPlace>();

  useLayoutEffect(() => {
    const follow = () => {
      const box = anchor.current?.getBoundingClientRect();
      if (
        box === undefined ||
        frame.current === null ||
        list.current === null ||
        box.bottom < 0 ||
        box.top > innerHeight
      ) {
        onClose();
      } else {
        const next = placeAt(box, frame.current, list.current);
        setPlace((before) => (before !== undefined && isSame(before, next) ? before : next));
      }
    };
    follow();
    // Whatever scrolls, the list stays with its field.
    addEventListener("scroll", follow, true);
    addEventListener("resize", follow);
    return () => {
      removeEventListener("scroll", follow, true);
      removeEventListener("resize", follow);
    };
  });

  useLayoutEffect(() => {
    document.getElementById(suggestionId(id, active))?.scrollIntoView({ block: "nearest" });
  }, [id, active]);

  const rest = suggestions.length - maxSuggestions;
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: it only leaves the focus where it is.
    <div
      ref={frame}
      className={classes.frame}
      style={place === undefined ? { visibility: "hidden" } : { ...place }}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      <div ref={list} id={id} role="listbox" aria-label={label} className={classes.list}>
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
    // Within the part of the page that the field is in, and beyond whatever cuts off what it holds.
    anchor.current?.closest("main, [role=dialog]") ?? document.body,
  );
}
