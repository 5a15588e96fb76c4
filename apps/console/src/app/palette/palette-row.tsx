import { useTranslation } from "react-i18next";
import { KindMark } from "../../ui/kind-mark.tsx";
import { chordKeys } from "../actions/chord.ts";
import { useServices } from "../services.ts";
import classes from "./palette.module.css";
import type { PaletteEntry } from "./palette-entry.ts";

/** Props of `PaletteRow`. */
export interface PaletteRowProps {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly isChosen: boolean;
  /** The pointer moved onto it. */
  readonly onPoint: () => void;
  readonly onRun: () => void;
}

/** One entry of the palette. The field above keeps the focus and handles the keys. */
export function PaletteRow({ id, entry, isChosen, onPoint, onRun }: PaletteRowProps) {
  const { t } = useTranslation();
  const { commandKey } = useServices();
  const { kind, title, detail, chord, methodKind, isLive } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys of all its options.
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option.
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      className={classes.row}
      onMouseMove={isChosen ? undefined : onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      <span className={classes.kind}>{t(`palette.kind.${kind}`)}</span>
      {methodKind === undefined ? null : <KindMark kind={methodKind} isWordShown={false} />}
      <bdi className={classes.title}>{title}</bdi>
      <bdi className={classes.detail}>{detail}</bdi>
      {isLive === true ? <span className={classes.live}>{t("palette.running")}</span> : null}
      {chord === undefined ? null : (
        <span className={classes.chord}>
          {chordKeys(chord, commandKey).map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </div>
  );
}
