import { type KeyboardEvent, useCallback, useId, useMemo, useRef, useState } from "react";
import { Icon } from "../../../ui/icon.tsx";
import classes from "./field-editor.module.css";
import { moveSuggestion, type Suggestion } from "./suggestion.ts";
import { SuggestionList, suggestionId } from "./suggestion-list.tsx";

/** Props of `SuggestInput`. */
export interface SuggestInputProps {
  readonly id: string;
  /** Its accessible name. */
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
  /** What is offered for what was typed; for an empty query, all. The same list for the same query. */
  readonly search: (query: string) => readonly Suggestion[];
  /** The `key` of what stands in the field, which is marked when the list opens. */
  readonly chosen?: string | undefined;
  /** Whether Enter takes the first suggestion for what was typed. Default: it does. */
  readonly marksFirst?: (typed: string) => boolean;
  readonly onType: (typed: string) => void;
  readonly onChoose: (suggestion: Suggestion) => void;
  /** The focus has left. */
  readonly onSettle?: () => void;
  /** Keys that the list has no use for. */
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/**
 * A text field that offers values (the combobox of the ARIA Authoring Practices). What is typed counts as it is typed; the
 * list only helps: arrows mark a suggestion, Enter takes it, Escape closes the list.
 */
export function SuggestInput(props: SuggestInputProps) {
  const { id, label, value, placeholder, isInvalid, describedBy, search, chosen, onType, onChoose } = props;
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  // Undefined while the list is closed; empty where it was opened without typing, to show everything.
  const [query, setQuery] = useState<string>();
  const [active, setActive] = useState(-1);
  const suggestions = useMemo(() => (query === undefined ? [] : search(query)), [query, search]);
  const isOpen = query !== undefined && suggestions.length > 0;

  const close = useCallback(() => setQuery(undefined), []);
  const open = () => {
    setQuery("");
    setActive(search("").findIndex(({ key }) => key === chosen));
  };
  const take = (suggestion: Suggestion) => {
    close();
    onChoose(suggestion);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    const marked = isOpen ? suggestions[active] : undefined;
    if (!isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      open();
    } else if (isOpen && event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (marked !== undefined && event.key === "Enter") {
      event.preventDefault();
      take(marked);
    } else {
      const next = isOpen && !event.altKey ? moveSuggestion(event.key, active, suggestions.length) : undefined;
      if (next !== undefined) {
        event.preventDefault();
        setActive(next);
      } else {
        props.onKeyDown?.(event);
      }
    }
  };
  return (
    <div className={classes.combobox}>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        className={classes.control}
        value={value}
        placeholder={placeholder}
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && active >= 0 ? suggestionId(listId, active) : undefined}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={({ currentTarget }) => {
          const typed = currentTarget.value;
          onType(typed);
          setQuery(typed);
          setActive(typed !== "" && props.marksFirst?.(typed) !== false ? 0 : -1);
        }}
        // What is typed first replaces what stands there, as in a choice.
        onFocus={({ currentTarget }) => currentTarget.select()}
        onClick={({ currentTarget }) => {
          if (!isOpen) {
            open();
            if (currentTarget.selectionStart === currentTarget.selectionEnd) {
              currentTarget.select();
            }
          }
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close();
          props.onSettle?.();
        }}
      />
      {isOpen ? (
        <SuggestionList
          id={listId}
          label={label}
          suggestions={suggestions}
          active={active}
          anchor={input}
          onChoose={take}
          onClose={close}
        />
      ) : null}
      <Icon name="chevron" turned />
    </div>
  );
}
