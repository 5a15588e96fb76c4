import { statusNames } from "@switchboard/wire/status-name.ts";
import type { TFunction } from "i18next";
import type { CallStatus } from "../call/call.ts";

/** A status name's gloss in the page's language; empty where the name says it all. */
export function statusGloss(t: TFunction, { code }: Pick<CallStatus, "code">): string {
  const name = statusNames[code];
  return name === undefined ? "" : t(`status.gloss.${name}`);
}

/** What a status usually means; empty for a number that gRPC doesn't know. */
export function statusMeaning(t: TFunction, { code }: Pick<CallStatus, "code">): string {
  const name = statusNames[code];
  return name === undefined ? "" : t(`status.meaning.${name}`);
}
