import { Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { saveFile } from "../../ui/save-file.ts";
import buttons from "../../ui/text-button.module.css";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { base64Text } from "../base64.ts";
import { hexText, utf8Text } from "../bytes-text.ts";
import { imageKind } from "../image-kind.ts";
import { BytesImage } from "./bytes-image.tsx";
import classes from "./value-viewer.module.css";

/** Props of `ValueViewer`. */
export interface ValueViewerProps {
  /** The field's name. */
  readonly title: string;
  readonly value: string | Uint8Array;
  readonly onClose: () => void;
}

type Form = "image" | "text" | "hex" | "base64";

/** The most that is laid out; the whole can be copied and saved. */
const mostShown = 200_000;

/** One long string or bytes field, whole. */
export function ValueViewer({ title, value, onClose }: ValueViewerProps) {
  const { t } = useTranslation();
  const close = useReturnFocus(onClose);
  const isBytes = typeof value !== "string";
  const image = isBytes ? imageKind(value) : undefined;
  const forms = isBytes ? formsOf(value, image) : (["text"] as const);
  const [form, setForm] = useState<Form>(forms[0]);
  // An image is copied as base64, since it has no other text.
  const text = () => (isBytes ? bytesIn(form === "image" ? "base64" : form, value) : value);
  const name = title === "" ? t("message.value") : title;
  return (
    <Modal
      opened
      onClose={close}
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
      {form === "image" && isBytes && image !== undefined ? (
        <BytesImage bytes={value} kind={image} title={name} />
      ) : (
        <ShownText form={form} value={value} />
      )}
    </Modal>
  );
}

function ShownText({ form, value }: { readonly form: Form; readonly value: string | Uint8Array }) {
  const { t } = useTranslation();
  const isString = typeof value === "string";
  const shown = isString ? value.slice(0, mostShown) : bytesIn(form, value.subarray(0, mostShown));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard. */}
      <pre className={classes.text} tabIndex={0} dir="auto" data-wraps={form === "hex" ? undefined : true}>
        {shown}
      </pre>
      {value.length > mostShown ? <p>{t("message.cutOff")}</p> : null}
    </>
  );
}

/** The forms in which bytes can be read, the most telling first. */
function formsOf(bytes: Uint8Array, image: string | undefined): readonly [Form, ...Form[]] {
  const hasText = bytes.byteLength > 0 && utf8Text(bytes) !== undefined;
  const others: readonly [Form, ...Form[]] = hasText ? ["text", "hex", "base64"] : ["hex", "base64"];
  return image === undefined ? others : ["image", ...others];
}

function bytesIn(form: Form, bytes: Uint8Array): string {
  switch (form) {
    case "hex":
      return hexText(bytes);
    case "base64":
      return base64Text(bytes);
    case "text":
    case "image":
      return utf8Text(bytes) ?? "";
  }
}
