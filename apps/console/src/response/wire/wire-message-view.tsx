import type { DescMessage, Registry } from "@bufbuild/protobuf";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WireMessage } from "../../call/wire-message.ts";
import { base64Text } from "../../message/base64.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { sizeText } from "../../ui/format-figures.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { saveFile } from "../../ui/save-file.ts";
import buttons from "../../ui/text-button.module.css";
import { BinaryMessage } from "./binary-message.tsx";
import { byteText, envelopePrefix, flagWords } from "./envelope.ts";
import { HexView } from "./hex-view.tsx";
import { hexByte } from "./value-text.ts";
import classes from "./wire-message.module.css";

/** Props of `WireMessageView`. */
export interface WireMessageViewProps {
  readonly wire: WireMessage;
  readonly desc: DescMessage;
  readonly registry: Registry;
  /** Of the file that *Download* saves, without its ending. */
  readonly fileName: string;
}

/** The most characters of JSON that are laid out; the whole can be copied and saved. */
const mostShown = 200_000;

/** One message as it was carried: the envelope before it, and its payload as bytes and fields, or as JSON text. */
export function WireMessageView({ wire, desc, registry, fileName }: WireMessageViewProps) {
  const { t } = useTranslation();
  const { payload, format } = wire;
  const [isHex, setIsHex] = useState(format === "binary");
  const text = format === "json" ? new TextDecoder().decode(payload.subarray(0, mostShown)) : "";
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <EnvelopeStrip wire={wire} />
        <span className={classes.type} title={desc.typeName}>
          {desc.typeName} · {sizeText(payload.byteLength)}
        </span>
        {format === "json" ? (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here.
          <div role="group" aria-label={t("wire.shownAs")} className={buttons.group}>
            <button type="button" className={buttons.button} aria-pressed={!isHex} onClick={() => setIsHex(false)}>
              {t("wire.text")}
            </button>
            <button type="button" className={buttons.button} aria-pressed={isHex} onClick={() => setIsHex(true)}>
              {t("wire.hex")}
            </button>
          </div>
        ) : null}
        <CopyButton text={() => payload.toHex()} label={t("wire.copyHex")} word="hex" />
        <CopyButton text={() => base64Text(payload)} label={t("wire.copyBase64")} word="base64" />
        <IconButton
          icon="download"
          label={t("wire.download")}
          onClick={() => saveFile(`${fileName}.${format === "json" ? "json" : "binpb"}`, payload)}
        />
      </div>
      {format === "binary" ? (
        <BinaryMessage bytes={payload} desc={desc} registry={registry} />
      ) : isHex ? (
        <HexView bytes={payload} root={undefined} selected={undefined} hovered={undefined} />
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard. */}
          <section className={classes.json} tabIndex={0} aria-label={t("wire.jsonPayload")}>
            <pre>{text}</pre>
          </section>
          {payload.byteLength > mostShown ? <p className={classes.said}>{t("wire.cutOff")}</p> : null}
        </>
      )}
    </div>
  );
}

/** The five bytes before the payload, and what they say. */
function EnvelopeStrip({ wire }: { readonly wire: WireMessage }) {
  const { t } = useTranslation();
  const prefix = envelopePrefix(wire);
  if (prefix === undefined || wire.flags === undefined) {
    return <span className={classes.strip}>{t("wire.noEnvelopeHint")}</span>;
  }
  const [flags = 0, ...length] = prefix;
  const words = flagWords(flags).map((word) => t(`wire.flag.${word}`));
  const said = t("wire.strip", { flags: byteText(flags), words: words.join(", "), size: wire.carriedBytes });
  return (
    <span className={classes.strip} title={said}>
      <span className={classes.caption}>{t("wire.envelope")}</span>
      <code data-role="flags">{hexByte(flags)}</code>
      <code data-role="length">{length.map(hexByte).join(" ")}</code>
    </span>
  );
}
