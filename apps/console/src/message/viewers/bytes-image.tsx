import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImageKind } from "../image-kind.ts";
import classes from "./value-viewer.module.css";

/** Props of `BytesImage`. */
export interface BytesImageProps {
  readonly bytes: Uint8Array;
  readonly kind: ImageKind;
  /** The field's name: the image's alternative text. */
  readonly title: string;
}

/** Bytes as the image that they are, with its kind and size. */
export function BytesImage({ bytes, kind, title }: BytesImageProps) {
  const { t } = useTranslation();
  const [address, setAddress] = useState<string>();
  const [facts, setFacts] = useState<string>(kind);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: kind }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, kind]);
  return (
    <figure className={classes.figure}>
      {address === undefined ? null : (
        <img
          className={classes.image}
          src={address}
          alt={title}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setFacts(`${kind} · ${naturalWidth} × ${naturalHeight}`)
          }
          onError={() => setFacts(t("jsonTree.badImage", { kind }))}
        />
      )}
      <figcaption>{facts}</figcaption>
    </figure>
  );
}
