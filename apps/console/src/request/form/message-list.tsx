import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import type { JsonDocument } from "../document/json-document.ts";
import { ChunkedRows } from "./chunked-rows.tsx";
import { emptyMessage } from "./empty-value.ts";
import { findMessages } from "./find-place.ts";
import classes from "./form.module.css";
import { insertMessage, removeMessage } from "./form-edits.ts";
import { setOpen } from "./form-memory.ts";
import { useFormSession } from "./form-session.ts";
import { MessageSection } from "./message-section.tsx";
import { RawValue } from "./raw-value.tsx";
import { RootValue } from "./root-value.tsx";

/** Props of `MessageList`. */
export interface MessageListProps {
  readonly document: JsonDocument;
}

/** The height of a folded message's section in pixels. */
const sectionHeight = 32;

/** Of more messages only the first begins open. */
const mostOpenMessages = 5;

/** The messages of the text: the one that the method takes, or sections for any number of them. */
export function MessageList({ document }: MessageListProps) {
  const { subject } = useFormSession();
  return subject.many ? <ManyMessages document={document} /> : <OneMessage document={document} />;
}

/** The first message in full; a further one is a fault, and can be taken away. */
function OneMessage({ document }: MessageListProps) {
  const { t } = useTranslation();
  const { subject, memory, edit, focusSoon, headId } = useFormSession();
  const [first, ...others] = document.values;
  const remove = (position: number) => {
    edit([removeMessage(position)]);
    focusSoon(headId);
  };
  return (
    <>
      <RootValue place={memory.places.message(0)} tree={first?.tree} label={subject.input.name} />
      {others.map(({ tree }, at) => {
        const name = t("form.messageName", { position: at + 2 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message is its place.
          <div key={at} className={classes.extra}>
            <span className={classes.mark}>{t("form.reason.message")}</span>
            <RawValue place={memory.places.message(at + 1)} value={tree} label={name} describedBy={undefined} />
            <IconButton icon="close" label={t("form.remove", { name })} onClick={() => remove(at + 1)} />
          </div>
        );
      })}
    </>
  );
}

function ManyMessages({ document }: MessageListProps) {
  const { t } = useTranslation();
  const { subject, memory, edit, focusSoon } = useFormSession();
  const { values } = findMessages(document, subject);
  const add = () => {
    const place = memory.places.message(values.length);
    setOpen(memory.view, place, true);
    edit([insertMessage(values.length, emptyMessage(subject.input))]);
    focusSoon(`${place.id}-fold`);
  };
  return (
    <>
      <ChunkedRows
        count={values.length}
        rowHeight={sectionHeight}
        find={({ path: [position] }) => (typeof position === "number" ? position : undefined)}
        render={(position) => {
          const value = values[position];
          return value === undefined ? null : (
            <MessageSection
              position={position}
              tree={value.tree}
              isLast={position === values.length - 1}
              isOpenAtFirst={position === 0 || values.length <= mostOpenMessages}
            />
          );
        }}
      />
      {values.length === 0 ? <p className={classes.empty}>{t("form.noMessages")}</p> : null}
      <div className={classes.addMessage}>
        <Button variant="subtle" leftSection={<Icon name="plus" />} onClick={add}>
          {t("form.addMessage")}
        </Button>
      </div>
    </>
  );
}
