import { type ClipboardEvent, type KeyboardEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import type { JsonTree } from "../document/json-tree.ts";
import { emptyValue } from "./empty-value.ts";
import type { FieldValueType } from "./field-value-type.ts";
import { FoldButton } from "./fold-button.tsx";
import classes from "./form.module.css";
import { insertItems, moveItemAt, removeItemAt } from "./form-edits.ts";
import { afterInsertion, afterMove, afterRemoval, followItems } from "./form-parking.ts";
import { type FormField, type FormPlace, fieldLabel } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { IssueLines } from "./issue-lines.tsx";
import { MessageBody, MessageSummary, useMessageOpen } from "./message-body.tsx";
import { readPastedItems } from "./paste-many.ts";
import { useIssuesOf } from "./use-form.ts";
import { hasEditor, ValueEditor } from "./value-editor.tsx";

/** Props of `ItemRow`. */
export interface ItemRowProps {
  readonly list: FormPlace;
  readonly position: number;
  readonly field: FormField;
  readonly type: FieldValueType;
  readonly value: JsonTree;
  readonly depth: number;
  readonly isLast: boolean;
}

/** One item of a list. Enter adds another below it; Alt and an arrow moves it; a pasted list becomes items. */
export const ItemRow = memo(function ItemRow(props: ItemRowProps) {
  const { list, position, field, type, value, depth, isLast } = props;
  const { t } = useTranslation();
  const place = list.child({ kind: "item", position });
  const issues = useIssuesOf(value);
  const [isOpen, toggle] = useMessageOpen(place, value, depth);
  const { add, move, remove, paste } = useItemActions(props);
  const name = `${fieldLabel(field)}[${position}]`;
  const described = issues.length === 0 ? undefined : `${place.id}-issues`;
  const isFoldable = type.kind === "message" && !hasEditor(type) && value.kind === "object";
  const onKeyDown = (event: KeyboardEvent) => {
    const isOwn = !event.nativeEvent.isComposing && !isChoosing(event.target);
    if (isOwn && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      event.stopPropagation();
      move(event.key === "ArrowUp" ? position - 1 : position + 1, place.id);
    } else if (isOwn && isPlainEnter(event)) {
      event.preventDefault();
      event.stopPropagation();
      add();
    }
  };
  return (
    <div
      className={classes.item}
      data-invalid={issues.length > 0 || undefined}
      onKeyDownCapture={onKeyDown}
      onPasteCapture={paste}
    >
      <span className={classes.lead}>
        {isFoldable ? <FoldButton id={place.id} isOpen={isOpen} onToggle={toggle} name={name} /> : null}
      </span>
      <span className={classes.position}>{position}</span>
      <div className={classes.editor}>
        {type.kind === "message" && !hasEditor(type) ? (
          <MessageSummary place={place} value={value} name={name} isOpen={isOpen} describedBy={described} />
        ) : (
          <ValueEditor
            place={place}
            type={type}
            field={field}
            value={value.kind === "missing" ? undefined : value}
            label={name}
            placeholder=""
            isInvalid={issues.length > 0}
            describedBy={described}
            depth={depth}
            isRemovable={false}
          />
        )}
      </div>
      <span className={classes.actions}>
        <IconButton
          id={`${place.id}-up`}
          icon="up"
          label={t("form.moveUp", { name })}
          keys="Alt ↑"
          disabled={position === 0}
          onClick={() => move(position - 1, `${place.id}-up`)}
        />
        <IconButton
          id={`${place.id}-down`}
          icon="down"
          label={t("form.moveDown", { name })}
          keys="Alt ↓"
          disabled={isLast}
          onClick={() => move(position + 1, `${place.id}-down`)}
        />
        <IconButton id={`${place.id}-remove`} icon="close" label={t("form.remove", { name })} onClick={remove} />
      </span>
      <IssueLines id={`${place.id}-issues`} issues={issues} />
      {isFoldable && isOpen && type.kind === "message" && value.kind === "object" ? (
        <div className={classes.below}>
          <MessageBody place={place} type={type} tree={value} depth={depth} name={name} />
        </div>
      ) : null}
    </div>
  );
});

/** Whether the key was pressed in a field of one line, where it does nothing else. */
function isPlainEnter({ key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): boolean {
  if (key !== "Enter" || ctrlKey || metaKey || altKey || shiftKey) {
    return false;
  }
  return target instanceof HTMLTextAreaElement
    ? !target.value.includes("\n")
    : target instanceof HTMLInputElement && !/^(?:checkbox|radio|file|button)$/.test(target.type);
}

/** Whether the keys belong to a list of choices that is open. */
function isChoosing(target: EventTarget): boolean {
  return target instanceof HTMLSelectElement || (target instanceof Element && target.ariaExpanded === "true");
}

/** What can be done with an item, and where the focus goes afterwards. */
function useItemActions({ list, position, type, value, isLast }: ItemRowProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const itemAt = (at: number) => list.child({ kind: "item", position: at });
  return {
    add() {
      session.edit(
        [insertItems(list, position + 1, [emptyValue(type)])],
        followItems(session, list, afterInsertion(position + 1, 1)),
      );
      session.reveal(itemAt(position + 1));
    },
    /** Moves the item, and the focus with it: to the same control at the new place. */
    move(to: number, focused: string) {
      if (to < 0 || (isLast && to > position)) {
        return;
      }
      session.edit([moveItemAt(list, position, to)], followItems(session, list, afterMove(position, to)));
      session.focusSoon(focused.replace(itemAt(position).id, itemAt(to).id), itemAt(to).id);
    },
    remove() {
      session.edit([removeItemAt(list, position)], followItems(session, list, afterRemoval(position)));
      const next = itemAt(isLast ? position - 1 : position);
      session.focusSoon(...(isLast && position === 0 ? [] : [`${next.id}-remove`]), list.id);
    },
    /** Puts a pasted list in the place of an empty item. */
    paste(event: ClipboardEvent) {
      const pasted = readPastedItems(event.clipboardData.getData("text/plain"), type);
      if (pasted === undefined || !isEmpty(value)) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      const { items, dropped } = pasted;
      session.edit(
        [removeItemAt(list, position), insertItems(list, position, items)],
        followItems(session, list, afterInsertion(position + 1, items.length - 1)),
      );
      session.announce(
        dropped === 0
          ? t("form.pasted", { count: items.length })
          : t("form.pastedSome", { count: items.length, dropped }),
      );
      session.reveal(itemAt(position + items.length - 1));
    },
  };
}

function isEmpty(value: JsonTree): boolean {
  return (
    value.kind === "missing" ||
    (value.kind === "string" && (value.value === "" || value.value === "0")) ||
    (value.kind === "number" && value.literal === "0") ||
    (value.kind === "word" && value.value !== true)
  );
}
