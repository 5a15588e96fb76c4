import { Button } from "@mantine/core";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { chosenFiles, droppedFiles } from "../../target/dropped-files.ts";
import { createSourceUpload } from "../../target/source-upload.ts";
import { maxUploadBytes, maxUploadFiles } from "../../target/upload.ts";
import { countText, sizeText } from "../../ui/format-figures.ts";
import { Icon } from "../../ui/icon.tsx";
import { useServices } from "../services.ts";
import { CompileErrors } from "./compile-errors.tsx";
import classes from "./schema-dialog.module.css";

/** Props of `UploadArea`. */
export interface UploadAreaProps {
  readonly target: string;
  readonly onAdded: () => Promise<void>;
}

/** Takes files for a schema, dropped or chosen, and says how their compiling went. */
export function UploadArea({ target, onAdded }: UploadAreaProps) {
  const { t } = useTranslation();
  const { clients } = useServices();
  const [upload] = useState(() => createSourceUpload(clients, target));
  const state = useStore(upload.store);
  const [isOver, setIsOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => upload.cancel, [upload]);
  const send = async (list: Parameters<typeof upload.send>[0]) => {
    if (await upload.send(list)) {
      await onAdded();
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void send(droppedFiles(event.dataTransfer.items));
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };
  const choose = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    void send(chosenFiles(currentTarget.files ?? []));
    // So that the same file can be chosen again once it was mended.
    currentTarget.value = "";
  };
  return (
    <section aria-label={t("schema.addFiles")}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of two; the buttons within are the other. */}
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={onDragOver}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
      >
        <p>
          <Icon name="folder" /> {t("schema.dropHint")}
        </p>
        <div className={classes.choices}>
          <Button variant="default" onClick={() => files.current?.click()}>
            {t("schema.chooseFiles")}
          </Button>
          <Button variant="default" onClick={() => folder.current?.click()}>
            {t("schema.chooseFolder")}
          </Button>
        </div>
        <input ref={files} type="file" multiple hidden data-choose="files" onChange={choose} />
        <input
          ref={folder}
          type="file"
          multiple
          hidden
          data-choose="folder"
          onChange={choose}
          {...{ webkitdirectory: "" }}
        />
      </div>
      <div role="status">
        {state.kind === "sending" ? <p className={classes.hint}>{t("schema.compiling")}</p> : null}
        {state.kind === "added" ? (
          <p className={classes.added}>{t("schema.added", { label: state.source.label })}</p>
        ) : null}
      </div>
      {state.kind === "refused" ? (
        <p role="alert" className={classes.problem}>
          {t(`schema.refused.${state.reason}`, { count: countText(maxUploadFiles), size: sizeText(maxUploadBytes) })}
        </p>
      ) : null}
      {state.kind === "failed" ? (
        <p role="alert" className={classes.problem}>
          {state.error.rawMessage}
        </p>
      ) : null}
      {state.kind === "errors" ? <CompileErrors errors={state.errors} /> : null}
    </section>
  );
}
