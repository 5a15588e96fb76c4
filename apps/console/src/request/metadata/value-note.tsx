import { useTranslation } from "react-i18next";
import { sizeText } from "../../ui/format-figures.ts";
import type { MetadataRow } from "../draft.ts";
import { decodeBase64 } from "../form/fields/bytes-format.ts";
import { authorizationName, basicUser } from "./authorization.ts";
import classes from "./metadata-editor.module.css";
import { tokenClaims } from "./token-claims.ts";

/** What a row's value says, where it can be read: the size of bytes, the user of Basic, when a token expires. */
export function ValueNote({ row }: { readonly row: MetadataRow }) {
  const { t, i18n } = useTranslation();
  const { name, value } = row;
  if (name.endsWith("-bin")) {
    const bytes = value === "" ? undefined : decodeBase64(value);
    return bytes === undefined ? null : <p className={classes.note}>{sizeText(bytes.byteLength)}</p>;
  }
  if (name.toLowerCase() !== authorizationName) {
    return null;
  }
  const user = basicUser(value);
  if (user !== undefined) {
    return (
      <p className={classes.note}>
        {t("metadata.basicUser")} <bdi>{user}</bdi>
      </p>
    );
  }
  const claims = tokenClaims(value);
  if (claims?.expiresAt === undefined) {
    return null;
  }
  const time = new Date(claims.expiresAt);
  const isExpired = claims.expiresAt <= Date.now();
  const shown = Number.isNaN(time.getTime()) ? String(claims.expiresAt) : time.toLocaleString(i18n.language);
  return (
    <p className={classes.note} data-bad={isExpired || undefined}>
      {isExpired ? t("metadata.tokenExpired", { time: shown }) : t("metadata.tokenExpires", { time: shown })}
    </p>
  );
}
