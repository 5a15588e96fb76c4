import { useTranslation } from "react-i18next";
import buttons from "../../ui/text-button.module.css";
import classes from "./form.module.css";
import { setFilter } from "./form-memory.ts";
import type { FormPlace } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import type { RowFilter } from "./message-rows.ts";

/** Props of `RowFilterBar`. */
export interface RowFilterBarProps {
  /** The message whose rows are filtered. */
  readonly place: FormPlace;
  readonly filter: RowFilter;
  readonly shown: number;
  readonly total: number;
  readonly setCount: number;
}

/** Filters the rows of a long message by their names, and by whether they are set. */
export function RowFilterBar({ place, filter, shown, total, setCount }: RowFilterBarProps) {
  const { t } = useTranslation();
  const { view } = useFormSession().memory;
  const change = (changed: Partial<RowFilter>) => setFilter(view, place, { ...filter, ...changed });
  return (
    <div className={classes.filter}>
      <input
        type="search"
        className={classes.search}
        value={filter.words}
        placeholder={t("form.filter")}
        aria-label={t("form.filter")}
        spellCheck={false}
        onChange={(event) => change({ words: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Escape" && filter.words !== "") {
            event.preventDefault();
            event.stopPropagation();
            change({ words: "" });
          }
        }}
      />
      <button
        type="button"
        className={buttons.button}
        aria-pressed={filter.onlySet}
        onClick={() => change({ onlySet: !filter.onlySet })}
      >
        {t("form.onlySet", { count: setCount })}
      </button>
      <span className={classes.quiet} role="status">
        {shown === total ? t("form.total", { count: total }) : t("form.shown", { count: shown, total })}
      </span>
    </div>
  );
}
