import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "./copy-text.ts";
import { IconButton } from "./icon-button.tsx";

/** Props of `CopyButton`. */
export interface CopyButtonProps {
  /** What is copied; asked for on the click, and waited for where it takes time to make. */
  readonly text: () => string | Promise<string>;
  /** Its accessible name; *Copy* where none is given. */
  readonly label?: string;
  /** Shown beside the icon, where one sign alone would not tell two buttons apart. */
  readonly word?: string;
}

const shownMs = 1_500;

/** Copies a text to the clipboard and says whether that went well. */
export function CopyButton({ text, label, word }: CopyButtonProps) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<"copied" | "failed">();
  useEffect(() => {
    const timer = outcome === undefined ? undefined : setTimeout(() => setOutcome(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    setOutcome((await copyText(text())) ? "copied" : "failed");
  };
  return (
    <IconButton
      icon={outcome === "copied" ? "check" : "copy"}
      label={label ?? t("action.copy")}
      text={outcome === undefined ? word : t(`action.outcome.${outcome}`)}
      onClick={copy}
    />
  );
}
