import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import tools from "../../ui/text-button.module.css";
import { useSnapshot } from "../../ui/use-snapshot.ts";
import type { PasteDesk } from "./paste-desk.ts";
import { PasteNotesList } from "./paste-notes-list.tsx";
import classes from "./paste-notice-bar.module.css";
import type { PasteReading } from "./paste-reading.ts";
import { kindText, partsText } from "./reading-text.ts";

/** Props of `PasteNoticeBar`. */
export interface PasteNoticeBarProps {
  readonly desk: PasteDesk;
  /** Opens the method that a command calls in a tab of its own, and fills the reading in there. */
  readonly onOpenMethod: (reading: PasteReading) => void;
  /** Where the focus goes when the bar goes away with it. */
  readonly onDone: () => void;
}

/** Says what was made of the newest paste and what was not, and takes it back. Empty where nothing was pasted. */
export function PasteNoticeBar({ desk, onOpenMethod, onDone }: PasteNoticeBarProps) {
  const { t } = useTranslation();
  const { notice, isRefused } = useSnapshot(desk.store);
  const end = (action: () => void) => () => {
    action();
    onDone();
  };
  return (
    <div role="status" className={classes.place} data-shown={notice !== undefined || isRefused || undefined}>
      {isRefused ? (
        <div className={classes.notice}>
          <div className={classes.head}>
            <Icon name="warning" />
            <p className={classes.words}>
              {t("paste.notUnderstood", { type: desk.getContext().method.input.typeName })}
            </p>
            <IconButton icon="close" label={t("paste.dismiss")} onClick={end(desk.dismiss)} />
          </div>
        </div>
      ) : null}
      {notice === undefined ? null : (
        <div className={classes.notice}>
          <div className={classes.head} data-done={notice.change !== undefined || undefined}>
            <Icon name={notice.change === undefined ? "warning" : "check"} />
            <p className={classes.words}>
              {notice.change === undefined
                ? t("paste.otherMethod", { kind: kindText(t, notice.reading.kind), method: nameOf(notice.reading) })
                : t("paste.filledIn", {
                    kind: kindText(t, notice.reading.kind),
                    parts: partsText(t, notice.change, notice.reading),
                  })}
            </p>
            {notice.change === undefined ? (
              <>
                <button
                  type="button"
                  className={`${tools.button} ${classes.action}`}
                  onClick={end(() => onOpenMethod(notice.reading))}
                >
                  {t("paste.openMethod", { method: notice.reading.method?.method ?? "" })}
                </button>
                <button
                  type="button"
                  className={`${tools.button} ${classes.action}`}
                  onClick={() => desk.fillIn(notice.reading)}
                >
                  {t("paste.fillInHere")}
                </button>
              </>
            ) : (
              <button type="button" className={`${tools.button} ${classes.action}`} onClick={end(desk.undo)}>
                {t("paste.undo")}
              </button>
            )}
            <IconButton icon="close" label={t("paste.dismiss")} onClick={end(desk.dismiss)} />
          </div>
          <PasteNotesList notes={notice.reading.notes} />
        </div>
      )}
    </div>
  );
}

function nameOf({ method }: PasteReading): string {
  return method === undefined ? "" : `${method.service}/${method.method}`;
}
