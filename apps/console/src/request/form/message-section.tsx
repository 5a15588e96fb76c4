import { memo } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import buttons from "../../ui/text-button.module.css";
import type { JsonTree } from "../document/json-tree.ts";
import { findPlace } from "./find-place.ts";
import { FoldButton } from "./fold-button.tsx";
import classes from "./form.module.css";
import { insertMessage, moveMessage, removeMessage } from "./form-edits.ts";
import { afterInsertion, afterMove, afterRemoval, followItems } from "./form-parking.ts";
import { useFormSession } from "./form-session.ts";
import { RootValue } from "./root-value.tsx";
import { useIssueCount, useOpen, useSourceText } from "./use-form.ts";
import { previewOf } from "./value-shape.ts";

/** Props of `MessageSection`. */
export interface MessageSectionProps {
  readonly position: number;
  readonly tree: JsonTree;
  readonly isLast: boolean;
  /** Whether it is one of few, and begins open. */
  readonly isOpenAtFirst: boolean;
}

/** One of several messages of a stream: a section of its own, which can be moved, doubled and taken away. */
export const MessageSection = memo(function MessageSection({
  position,
  tree,
  isLast,
  isOpenAtFirst,
}: MessageSectionProps) {
  const { t } = useTranslation();
  const session = useFormSession();
  const place = session.memory.places.message(position);
  const [isOpen, setOpen] = useOpen(place, isOpenAtFirst);
  const issues = useIssueCount(tree);
  const text = useSourceText(place, tree);
  const name = t("form.messageName", { position: position + 1 });
  const idAt = (at: number, control: string) => `${session.memory.places.message(at).id}-${control}`;
  const move = (to: number, control: string) => {
    session.edit([moveMessage(position, to)], followItems(session, undefined, afterMove(position, to)));
    session.focusSoon(idAt(to, control), idAt(to, "fold"));
  };
  const double = () => {
    const found = findPlace(session.getDocument(), place, session.subject);
    if (found !== undefined) {
      const copy = session.getDocument().text.slice(found.from, found.from + found.tree.length);
      session.edit(
        [insertMessage(position + 1, copy)],
        followItems(session, undefined, afterInsertion(position + 1, 1)),
      );
      session.focusSoon(idAt(position + 1, "fold"));
    }
  };
  const remove = () => {
    session.edit([removeMessage(position)], followItems(session, undefined, afterRemoval(position)));
    session.focusSoon(idAt(isLast ? position - 1 : position, "fold"), session.headId);
  };
  return (
    <section className={classes.section} aria-label={name}>
      <div className={classes.sectionHead}>
        <FoldButton id={idAt(position, "fold")} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} name={name} />
        <h3 className={classes.sectionName}>{name}</h3>
        {isOpen ? (
          <span className={classes.spacer} />
        ) : (
          <code className={classes.glimpse}>
            <bdi>{previewOf(text)}</bdi>
          </code>
        )}
        {!isOpen && issues > 0 ? (
          <span className={classes.badCount}>{t("form.problems", { count: issues })}</span>
        ) : null}
        <span className={classes.actions}>
          <button type="button" className={buttons.button} aria-label={t("form.doubleName", { name })} onClick={double}>
            {t("form.double")}
          </button>
          <IconButton
            id={idAt(position, "up")}
            icon="up"
            label={t("form.moveUp", { name })}
            disabled={position === 0}
            onClick={() => move(position - 1, "up")}
          />
          <IconButton
            id={idAt(position, "down")}
            icon="down"
            label={t("form.moveDown", { name })}
            disabled={isLast}
            onClick={() => move(position + 1, "down")}
          />
          <IconButton icon="close" label={t("form.remove", { name })} onClick={remove} />
        </span>
      </div>
      {isOpen ? <RootValue place={place} tree={tree} label={name} /> : null}
    </section>
  );
});
