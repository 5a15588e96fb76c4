import type { DescMessage, Message, Registry } from "@bufbuild/protobuf";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../ui/copy-button.tsx";
import { sizeText } from "../ui/format-figures.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { saveFile } from "../ui/save-file.ts";
import { useMessageSettings } from "./message-settings.ts";
import classes from "./message-view.module.css";
import { ShownAs } from "./shown-as.tsx";
import { tableFields, tableModel } from "./table/table-model.ts";
import { JsonView } from "./tree/json-view.tsx";
import { messageText } from "./tree/tree-view.ts";
import { viewMessage } from "./view-message.ts";

/** Props of `MessageView`. */
export interface MessageViewProps {
  readonly desc: DescMessage;
  readonly message: Message;
  /** The message's length on the wire. */
  readonly wireBytes: number;
  readonly registry: Registry;
  /** What is shown: its accessible name. */
  readonly label: string;
  /** Shows the message's bytes, where that can be done. */
  readonly onShowWire?: () => void;
}

const MessageTable = lazy(async () => ({ default: (await import("./table/message-table.tsx")).MessageTable }));

/** One message, whole: as JSON, or as a table where it holds a list of messages. */
export function MessageView({ desc, message, wireBytes, registry, label, onShowWire }: MessageViewProps) {
  const { t } = useTranslation();
  const fields = useMemo(() => tableFields(desc), [desc]);
  const [form, setForm] = useState("");
  const showsDefaults = useMessageSettings((settings) => settings.showsDefaults);
  const field = fields.find(({ name }) => name === form);
  const node = useMemo(
    () => viewMessage(desc, message, { registry, showsDefaults }),
    [desc, message, registry, showsDefaults],
  );
  const table = useMemo(() => field && tableModel(message, field, { registry }), [field, message, registry]);
  const save = async () => saveFile(`${desc.name}.json`, await messageText(node));
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <span className={classes.type} title={desc.typeName}>
          {desc.typeName} · {sizeText(wireBytes)}
        </span>
        <ShownAs fields={fields} form={form} onFormChange={setForm} />
        {onShowWire === undefined ? null : <IconButton icon="wire" label={t("wire.openHint")} onClick={onShowWire} />}
        <CopyButton text={() => messageText(node)} label={t("message.copy")} />
        <IconButton icon="download" label={t("message.download")} onClick={save} />
      </div>
      {table === undefined ? (
        <JsonView node={node} label={label} onShowWire={onShowWire} />
      ) : (
        <Suspense fallback={<p className={classes.loading}>{t("message.loadingTable")}</p>}>
          <MessageTable table={table} label={form} />
        </Suspense>
      )}
    </div>
  );
}
