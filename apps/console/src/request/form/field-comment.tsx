import { useState } from "react";
import { useTranslation } from "react-i18next";
import { firstSentence } from "./first-sentence.ts";
import classes from "./form.module.css";

/** Props of `FieldComment`. */
export interface FieldCommentProps {
  readonly id: string;
  /** Undefined where there is none. */
  readonly text: string | undefined;
}

/** A doc comment: its first sentence, and the rest on demand. It is a stranger's text, shown as text alone. */
export function FieldComment({ id, text }: FieldCommentProps) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  if (text === undefined) {
    return null;
  }
  const first = firstSentence(text);
  const hasMore = first.length < text.trim().length;
  return (
    <p className={classes.comment} data-whole={isWhole || undefined}>
      <bdi id={id}>{isWhole ? text : first}</bdi>
      {hasMore ? (
        <button type="button" className={classes.more} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("form.less") : t("form.more")}
        </button>
      ) : null}
    </p>
  );
}
