import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { lineColumnAt } from "../line-column.ts";
import classes from "./paste-notes-list.module.css";
import type { PasteNote } from "./paste-reading.ts";
import { noteText } from "./reading-text.ts";

/** Props of `PasteNotesList`. */
export interface PasteNotesListProps {
  readonly notes: readonly PasteNote[];
  /** The pasted text, where it is shown and its places can be told. */
  readonly text?: string;
  /** Leads to a place in the text. */
  readonly onGoTo?: (place: NonNullable<PasteNote["place"]>) => void;
}

/** What is to be said of a pasted text: what was left out before what was only noticed. */
export function PasteNotesList({ notes, text, onGoTo }: PasteNotesListProps) {
  const { t } = useTranslation();
  const sorted = notes.toSorted((a, b) => Number(b.isLoss) - Number(a.isLoss));
  if (sorted.length === 0) {
    return null;
  }
  return (
    <ul className={classes.list} aria-label={t("paste.notes")}>
      {sorted.map((note, position) => {
        const { place } = note;
        const at = place === undefined || text === undefined ? undefined : lineColumnAt(text, place.from);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes of one reading never change their order.
          <li key={position} className={classes.note} data-loss={note.isLoss || undefined}>
            {note.isLoss ? <Icon name="warning" /> : <span className={classes.dot} aria-hidden="true" />}
            {at === undefined || place === undefined ? null : (
              <button type="button" className={classes.place} onClick={() => onGoTo?.(place)}>
                {`${at.line}:${at.column}`}
              </button>
            )}
            <bdi>{noteText(t, note)}</bdi>
          </li>
        );
      })}
    </ul>
  );
}
