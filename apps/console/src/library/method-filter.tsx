import { TextInput } from "@mantine/core";
import type { KeyboardEvent, Ref } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";

/** Props of `MethodFilter`. */
export interface MethodFilterProps {
  readonly query: string;
  readonly onQueryChange: (query: string) => void;
  /** The arrow down leads from the field to the first row that is left. */
  readonly onLeaveDown: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** The field that narrows the tree of methods. Escape empties it. */
export function MethodFilter({ query, onQueryChange, onLeaveDown, ref }: MethodFilterProps) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && query !== "") {
      event.preventDefault();
      onQueryChange("");
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      onLeaveDown();
    }
  };
  return (
    <TextInput
      ref={ref}
      type="search"
      value={query}
      onChange={(event) => onQueryChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      aria-label={t("tree.filter")}
      placeholder={t("tree.filter")}
      leftSection={<Icon name="search" />}
      rightSection={query === "" ? <kbd>/</kbd> : null}
    />
  );
}
