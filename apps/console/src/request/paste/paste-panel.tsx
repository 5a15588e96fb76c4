import type { DescMethod } from "@bufbuild/protobuf";
import { Button, Modal, Textarea } from "@mantine/core";
import type { TFunction } from "i18next";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { createId } from "../../ui/create-id.ts";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import type { Draft } from "../draft.ts";
import { pasteChange } from "./paste-change.ts";
import { otherMethod, type PasteDesk } from "./paste-desk.ts";
import { PasteNotesList } from "./paste-notes-list.tsx";
import classes from "./paste-panel.module.css";
import type { PasteReading } from "./paste-reading.ts";
import { readPaste } from "./read-paste.ts";
import { kindText, partsText } from "./reading-text.ts";

/** Props of `PastePanel`. */
export interface PastePanelProps {
  readonly desk: PasteDesk;
  readonly draft: Draft;
  readonly onClose: () => void;
}

/** The most of the messages that is shown before they are filled in, in UTF-16 units. */
const maxPreview = 20_000;

/** A field for anything that can be pasted, which shows what would be filled in before it is. */
export function PastePanel({ desk, draft, onClose }: PastePanelProps) {
  const close = useReturnFocus(onClose);
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);
  const deferred = useDeferredValue(text);
  const reading = useMemo(() => readPaste(deferred, desk.getContext()), [deferred, desk]);
  const change = reading === undefined ? {} : pasteChange(reading, draft, createId);
  const isUseful = Object.keys(change).length > 0;
  const take = () => {
    // What was typed last may not have been read yet.
    const newest = readPaste(text, desk.getContext());
    if (newest !== undefined) {
      desk.take(newest);
      close();
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t("paste.title")}
      size={720}
      transitionProps={{ duration: 0 }}
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={classes.panel}>
        <Textarea
          ref={area}
          data-autofocus
          classNames={{ input: classes.area }}
          rows={9}
          label={t("paste.area")}
          description={t("paste.areaHint")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isUseful) {
              event.preventDefault();
              take();
            }
          }}
          spellCheck={false}
          autoCapitalize="off"
        />
        <div role="status" className={classes.result}>
          {deferred.trim() === "" ? null : (
            <p className={classes.words}>
              {reading === undefined
                ? t("paste.notUnderstood", { type: desk.getContext().method.input.typeName })
                : summary(t, reading, change, otherMethod(reading, desk.getContext()))}
            </p>
          )}
          {reading === undefined ? null : (
            <PasteNotesList
              notes={reading.notes}
              text={deferred}
              onGoTo={({ from, to }) => {
                area.current?.focus();
                area.current?.setSelectionRange(from, to);
              }}
            />
          )}
        </div>
        {change.text === undefined || reading?.kind === "json" ? null : (
          <section aria-label={t("paste.preview")}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
            <pre className={classes.preview} tabIndex={0}>
              {change.text.length > maxPreview ? `${change.text.slice(0, maxPreview)}…` : change.text}
            </pre>
          </section>
        )}
        <div className={classes.actions}>
          <Button variant="subtle" onClick={close}>
            {t("action.cancel")}
          </Button>
          <Button onClick={take} disabled={!isUseful}>
            {t("paste.fillIn")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function summary(t: TFunction, reading: PasteReading, change: Partial<Draft>, other: DescMethod | undefined): string {
  const kind = kindText(t, reading.kind);
  if (other !== undefined) {
    return t("paste.otherMethod", { kind, method: `${other.parent.typeName}/${other.name}` });
  }
  const parts = partsText(t, change, reading);
  return parts === "" ? t("paste.fillsNothing", { kind }) : t("paste.fillsIn", { kind, parts });
}
