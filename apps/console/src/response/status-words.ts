import type { TFunction } from "i18next";
import type { CallStatus } from "../call/call.ts";

const statusNames = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** The names of gRPC's status codes, by their numbers. */
export type StatusName = (typeof statusNames)[number];

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
