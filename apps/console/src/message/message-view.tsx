import type { DescMessage, Message, Registry } from "@bufbuild/protobuf";
import { Button } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../ui/copy-button.tsx";
import { sizeText } from "../ui/format-figures.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { saveFile } from "../ui/save-file.ts";
import buttons from "../ui/text-button.module.css";
import { prettyText } from "./json-text.ts";
import { JsonView } from "./json-view.tsx";
import classes from "./message-view.module.css";
import { tableFields, tableModel } from "./table-model.ts";
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
}

/** A longer message is shown only when it is asked for: a megabyte. */
const gateBytes = 1_000_000;

const MessageTable = lazy(async () => ({ default: (await import("./message-table.tsx")).MessageTable }));

/** One message, whole: as JSON, or as a table where it holds a list of messages. */
export function MessageView({ desc, message, wireBytes, registry, label }: MessageViewProps) {
  const { t } = useTranslation();
  const fields = useMemo(() => tableFields(desc), [desc]);
  const [form, setForm] = useState("json");
  const [passed, setPassed] = useState<Message>();
  const field = fields.find(({ name }) => name === form);
  const node = useMemo(() => viewMessage(desc, message, { registry }), [desc, message, registry]);
  const table = useMemo(() => field && tableModel(message, field, { registry }), [field, message, registry]);
  const save = () => saveFile(`${desc.name}.json`, prettyText(node));
  if (wireBytes > gateBytes && passed !== message) {
    return (
      <div className={classes.gate}>
        <p>{t("message.large", { size: sizeText(wireBytes) })}</p>
        <Button variant="default" onClick={() => setPassed(message)}>
          {t("message.showAnyway")}
        </Button>
        <Button variant="default" onClick={save}>
          {t("action.download")}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <span className={classes.type} title={desc.typeName}>
          {desc.typeName} · {sizeText(wireBytes)}
        </span>
        {fields.length === 0 ? null : (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here.
          <div role="group" aria-label={t("message.shownAs")} className={buttons.group}>
            <button
              type="button"
              className={buttons.button}
              aria-pressed={field === undefined}
              onClick={() => setForm("json")}
            >
              JSON
            </button>
            {fields.map(({ name }) => (
              <button
                key={name}
                type="button"
                className={buttons.button}
                aria-pressed={name === form}
                onClick={() => setForm(name)}
              >
                {fields.length === 1 ? t("message.table") : t("message.tableOf", { name })}
              </button>
            ))}
          </div>
        )}
        <CopyButton text={() => prettyText(node)} label={t("message.copy")} />
        <IconButton icon="download" label={t("message.download")} onClick={save} />
      </div>
      {table === undefined ? (
        <JsonView node={node} label={label} />
      ) : (
        <Suspense fallback={<p className={classes.loading}>{t("message.loadingTable")}</p>}>
          <MessageTable table={table} label={form} />
        </Suspense>
      )}
    </div>
  );
}
