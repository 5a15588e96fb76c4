import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./field-editor.module.css";
import { imageType } from "./image-type.ts";

/** Props of `BytesImage`. */
export interface BytesImageProps {
  readonly bytes: Uint8Array;
  /** The field's name. */
  readonly label: string;
}

/** Bytes as the picture that they are; nothing where they are none that the page knows, or are a broken one. */
export function BytesImage({ bytes, label }: BytesImageProps) {
  const { t } = useTranslation();
  const type = useMemo(() => imageType(bytes), [bytes]);
  const [address, setAddress] = useState<string>();
  const [broken, setBroken] = useState<Uint8Array>();
  useEffect(() => {
    if (type === undefined) {
      setAddress(undefined);
      return;
    }
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return type === undefined || address === undefined || broken === bytes ? null : (
    <img
      className={classes.image}
      src={address}
      alt={t("fieldEditor.image", { label })}
      onError={() => setBroken(bytes)}
    />
  );
}
