import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import buttons from "../../ui/text-button.module.css";
import type { JsonStringTree, JsonTree } from "../document/json-tree.ts";
import { childAt, findPlace } from "./find-place.ts";
import classes from "./form.module.css";
import { removeMemberAt } from "./form-edits.ts";
import type { FormPlace } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { IssueLines } from "./issue-lines.tsx";
import type { RawRow as RawRowModel } from "./message-rows.ts";
import { useIssuesOf } from "./use-form.ts";
import { previewOf } from "./value-shape.ts";

/** Props of `RawRow`. */
export interface RawRowProps {
  readonly message: FormPlace;
  readonly position: number;
  readonly reason: RawRowModel["reason"];
  readonly entryKey: JsonStringTree;
  readonly value: JsonTree;
}

/** The id of the row's first control. */
export function rawRowId(message: FormPlace, position: number): string {
  return `${message.id}-raw-${position}`;
}

/** A member that is no field's value: its text as it stands, and what takes it away. Nothing of it is lost. */
export const RawRow = memo(function RawRow({ message, position, reason, entryKey, value }: RawRowProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const issues = [...useIssuesOf(entryKey), ...useIssuesOf(value)];
  const id = rawRowId(message, position);
  const name = entryKey.value;
  const found = () => {
    const around = findPlace(session.getDocument(), message, session.subject);
    const child = around && childAt(around.tree, position);
    return child?.tree === value && around !== undefined ? { from: around.from + child.at } : undefined;
  };
  const from = found()?.from;
  const text = from === undefined ? "" : session.getDocument().text.slice(from, from + value.length);
  const show = () => {
    const at = found();
    if (at !== undefined) {
      session.showInJson(at.from, at.from + value.length);
    }
  };
  const remove = () => {
    session.edit([removeMemberAt(message, position)]);
    session.focusSoon(rawRowId(message, position), rawRowId(message, position - 1), session.headId);
  };
  return (
    <div className={classes.row} data-raw data-invalid>
      <div className={classes.label}>
        <span className={classes.lead}>
          <Icon name="warning" />
        </span>
        <span className={classes.heading}>
          <span className={classes.name}>
            <bdi>{previewOf(name)}</bdi>
          </span>
          <span className={classes.mark}>{t(`form.reason.${reason}`)}</span>
        </span>
      </div>
      <div className={classes.value}>
        <div className={classes.raw}>
          <code className={classes.rawText}>
            <bdi>{previewOf(text)}</bdi>
          </code>
          <button
            type="button"
            id={id}
            className={buttons.button}
            aria-label={t("form.editInJson", { name })}
            aria-describedby={issues.length === 0 ? undefined : `${id}-issues`}
            onClick={show}
          >
            {t("form.inJson")}
          </button>
        </div>
        <span className={classes.actions}>
          <IconButton icon="close" label={t("form.remove", { name })} onClick={remove} />
        </span>
      </div>
      <IssueLines id={`${id}-issues`} issues={issues} />
    </div>
  );
});
