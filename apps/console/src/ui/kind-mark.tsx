import { useTranslation } from "react-i18next";
import classes from "./kind-mark.module.css";
import { kindGlyphs, type MethodKind } from "./kind-of-method.ts";
import hidden from "./visually-hidden.module.css";

/** Props of `KindMark`. */
export interface KindMarkProps {
  readonly kind: MethodKind;
  /** Whether the word is in sight; otherwise it is only read out. */
  readonly isWordShown: boolean;
}

/** A method's kind: its sign and its word. */
export function KindMark({ kind, isWordShown }: KindMarkProps) {
  const { t } = useTranslation();
  const word = t(`kind.${kind}`);
  return (
    <span className={classes.mark} data-kind={kind} title={word}>
      <span className={classes.glyph} aria-hidden="true">
        {kindGlyphs[kind]}
      </span>
      <span className={isWordShown ? classes.word : hidden.hidden}>{word}</span>
    </span>
  );
}
