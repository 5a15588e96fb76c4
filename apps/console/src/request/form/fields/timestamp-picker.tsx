import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./field-editor.module.css";
import {
  atWallClock,
  inZone,
  localOffset,
  offsetText,
  parseTimestamp,
  type TimestampText,
  timestampText,
  wallClock,
  type ZoneOffset,
} from "./timestamp-text.ts";

/** Props of `TimestampPicker`. */
export interface TimestampPickerProps {
  readonly id: string;
  /** The field's accessible name. */
  readonly label: string;
  /** The moment by RFC 3339; anything else counts as none. */
  readonly text: string;
  readonly onChange: (text: string) => void;
}

type Zone = "utc" | "local" | "own";

/** Date, time of day and zone of a moment. Digits below the second stay as they are. */
export function TimestampPicker({ id, label, text, onChange }: TimestampPickerProps) {
  const { t } = useTranslation();
  const zoneId = useId();
  const moment = parseTimestamp(text);
  const [wanted, setWanted] = useState<Zone>("utc");
  const zone = moment === undefined ? wanted : zoneOf(moment, wanted);
  const ownOffset = moment?.offset ?? 0;
  const offsets: Readonly<Record<Zone, ZoneOffset | undefined>> = {
    utc: undefined,
    local: localOffset,
    own: () => ownOffset,
  };
  const put = (next: TimestampText | undefined) => {
    const written = next && timestampText(next);
    if (written !== undefined) {
      onChange(written);
    }
  };
  const localAt = offsetText(localOffset(moment === undefined ? Date.now() : moment.seconds * 1_000));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here.
    <div id={id} role="group" aria-label={t("fieldEditor.pickTime", { label })} className={classes.picker}>
      <div>
        <input
          type="datetime-local"
          step={1}
          min="0001-01-01T00:00:00"
          max="9999-12-31T23:59:59"
          className={classes.control}
          aria-label={t("fieldEditor.dateAndTime", { label })}
          value={(moment && wallClock(moment)) ?? ""}
          onChange={({ currentTarget }) => put(atWallClock(currentTarget.value, moment?.fraction ?? "", offsets[zone]))}
        />
      </div>
      <label htmlFor={zoneId} className={classes.note}>
        {t("fieldEditor.zone")}
      </label>
      <select
        id={zoneId}
        className={classes.control}
        value={zone}
        onChange={({ currentTarget }) => {
          const next: Zone = currentTarget.value === "local" ? "local" : "utc";
          setWanted(next);
          put(moment && inZone(moment, offsets[next]));
        }}
      >
        <option value="utc">UTC</option>
        <option value="local">{t("fieldEditor.localZone", { zone: zoneName(), offset: localAt })}</option>
        {zone === "own" ? <option value="own">{offsetText(ownOffset)}</option> : null}
      </select>
    </div>
  );
}

/** The zone of a moment's text. Where the local zone is UTC itself, the two can't be told apart by `Z`. */
function zoneOf({ seconds, offset }: TimestampText, wanted: Zone): Zone {
  if (offset === undefined) {
    return "utc";
  }
  const isLocal = offset === localOffset(seconds * 1_000);
  return isLocal && (offset !== 0 || wanted === "local") ? "local" : "own";
}

function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
