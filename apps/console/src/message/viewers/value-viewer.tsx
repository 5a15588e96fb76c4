import { Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { saveFile } from "../../ui/save-file.ts";
import buttons from "../../ui/text-button.module.css";
import { base64Text } from "../base64.ts";
import { hexText, utf8Text } from "../bytes-text.ts";
import classes from "./value-viewer.module.css";

/** Props of `ValueViewer`. */
export interface ValueViewerProps {
  /** The field's name. */
  readonly title: string;
  readonly value: string | Uint8Array;
  readonly onClose: () => void;
}

type Form = "text" | "hex" | "base64";

/** The most that is laid out; the whole can be copied and saved. */
const mostShown = 200_000;

/** One long string or bytes field, whole. */
export function ValueViewer({ title, value, onClose }: ValueViewerProps) {
  const { t } = useTranslation();
  const isBytes = typeof value !== "string";
  const forms: readonly Form[] = !isBytes
    ? ["text"]
    : utf8Text(value) === undefined
      ? ["hex", "base64"]
      : ["hex", "text", "base64"];
  const [form, setForm] = useState<Form>(forms[0] ?? "text");
  const text = () => (isBytes ? bytesIn(form, value) : value);
  const shown = isBytes ? bytesIn(form, value.subarray(0, mostShown)) : value.slice(0, mostShown);
  const name = title === "" ? t("message.value") : title;
  return (
    <Modal
      opened
      onClose={onClose}
      title={name}
      size="xl"
      transitionProps={{ duration: 0 }}
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={classes.bar}>
        {forms.length > 1
          ? forms.map((one) => (
              <button
                key={one}
                type="button"
                className={buttons.button}
                aria-pressed={one === form}
                onClick={() => setForm(one)}
              >
                {t(`message.form.${one}`)}
              </button>
            ))
          : null}
        <CopyButton text={text} />
        <button
          type="button"
          className={buttons.button}
          onClick={() => saveFile(isBytes ? `${name}.bin` : `${name}.txt`, value)}
        >
          {t("action.download")}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard. */}
      <pre className={classes.text} tabIndex={0} data-wraps={form === "hex" ? undefined : true}>
        {shown}
      </pre>
      {value.length > mostShown ? <p>{t("message.cutOff")}</p> : null}
    </Modal>
  );
}

function bytesIn(form: Form, bytes: Uint8Array): string {
  switch (form) {
    case "hex":
      return hexText(bytes);
    case "base64":
      return base64Text(bytes);
    case "text":
      return utf8Text(bytes) ?? "";
  }
}
