import { useState } from "react";
import { useTranslation } from "react-i18next";
import { parseMoment, relativeText } from "../moment.ts";

/** Props of `MomentNote`. */
export interface MomentNoteProps {
  /** A text that `parseMoment` reads. */
  readonly text: string;
}

/** A moment in local time, in UTC, and how far it was from now when it was asked for. */
export function MomentNote({ text }: MomentNoteProps) {
  const { t, i18n } = useTranslation();
  const [shownAt] = useState(() => Date.now());
  const moment = parseMoment(text);
  if (moment === undefined) {
    return null;
  }
  return t(moment.isZoneAssumed ? "message.timeAssumed" : "message.time", {
    local: new Date(moment.ms).toLocaleString(i18n.language, { timeZoneName: "short" }),
    utc: new Date(moment.ms).toISOString(),
    relative: relativeText(moment.ms, shownAt, i18n.language),
  });
}
