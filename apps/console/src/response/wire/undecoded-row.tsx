import { useTranslation } from "react-i18next";
import type { WireMessage } from "../../call/wire-message.ts";
import { sizeText } from "../../ui/format-figures.ts";
import { byteText } from "./envelope.ts";
import classes from "./wire-panel.module.css";

/** Props of `UndecodedRow`. */
export interface UndecodedRowProps {
  readonly wire: WireMessage;
  /** Whether its bytes are shown. */
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

/** The message that came last and could not be decoded, which is no message of the call's log. */
export function UndecodedRow({ wire: { flags, carriedBytes }, isSelected, onSelect }: UndecodedRowProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={`${classes.end} ${classes.undecoded}`}
      aria-pressed={isSelected}
      onClick={onSelect}
    >
      <span className={classes.arrow} aria-hidden="true">
        ↓
      </span>
      {flags === undefined ? null : <code>{byteText(flags)}</code>}
      {t("wire.undecoded", { size: sizeText(carriedBytes) })}
    </button>
  );
}
