import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import type { JsonTree } from "../document/json-tree.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import type { FieldValueType } from "./field-value-type.ts";
import { FoldButton } from "./fold-button.tsx";
import classes from "./form.module.css";
import { removeValue, setValue } from "./form-edits.ts";
import { setOpen } from "./form-memory.ts";
import { parkedAt, parkedWith } from "./form-parking.ts";
import { type FormField, type FormPlace, fieldLabel } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { MessageBody, MessageSummary, useMessageOpen } from "./message-body.tsx";
import { SetButton } from "./set-button.tsx";

/** Props of `MessageRow`. */
export interface MessageRowProps {
  readonly place: FormPlace;
  readonly field: FormField;
  readonly type: FieldValueType & { readonly kind: "message" };
  readonly value: JsonTree | undefined;
  readonly issues: readonly JsonIssue[];
  readonly depth: number;
  /** Whether the field's oneof says that it is set. */
  readonly isChosen: boolean;
}

/** A field that holds a message: absent until it is set, then its fields below, opened on demand. */
export function MessageRow({ place, field, type, value, issues, depth, isChosen }: MessageRowProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const [isOpen, toggle] = useMessageOpen(place, value, depth);
  const name = fieldLabel(field);
  const described = describedBy(place, issues);
  const isFoldable = value?.kind === "object";
  const set = () => {
    setOpen(session.memory.view, place, true);
    session.edit([setValue(place, parkedAt(session, place) ?? "{}")]);
    session.focusSoon(place.id);
  };
  const remove = () => {
    session.edit([removeValue(place)], parkedWith(session, place));
    session.focusSoon(place.id);
  };
  return (
    <FieldFrame
      field={field}
      place={place}
      issues={issues}
      isSet={value !== undefined}
      lead={
        isFoldable ? (
          <FoldButton id={place.id} isOpen={isOpen} onToggle={toggle} name={name} describedBy={described} />
        ) : null
      }
      below={
        isFoldable && isOpen ? (
          <MessageBody place={place} type={type} tree={value} depth={depth} name={name} />
        ) : undefined
      }
    >
      {value === undefined ? (
        <SetButton id={place.id} name={name} describedBy={described} onSet={set} />
      ) : (
        <>
          <MessageSummary place={place} value={value} name={name} isOpen={isOpen} describedBy={described} />
          {isChosen ? null : (
            <span className={classes.actions}>
              <IconButton icon="close" label={t("form.remove", { name })} onClick={remove} />
            </span>
          )}
        </>
      )}
    </FieldFrame>
  );
}
