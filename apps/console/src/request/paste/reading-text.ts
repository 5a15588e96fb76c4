import type { TFunction } from "i18next";
import type { Draft } from "../draft.ts";
import type { PasteNote, PasteReading } from "./paste-reading.ts";

/** What a pasted text was taken for, in the page's language: `a grpcurl command line`. */
export function kindText(t: TFunction, kind: PasteReading["kind"]): string {
  return t(`paste.kind.${kind}`);
}

/** The parts of a draft that a change fills in, in the page's language. */
export function partsText(t: TFunction, change: Partial<Draft>, { metadata = [] }: PasteReading): string {
  const parts = [
    ...(change.text === undefined ? [] : [t("paste.part.message")]),
    ...(metadata.length === 0 ? [] : [t("paste.part.metadata", { count: metadata.length })]),
    ...(change.deadline === undefined ? [] : [t("paste.part.deadline", { deadline: change.deadline })]),
    ...(change.protocol === undefined
      ? []
      : [t("paste.part.protocol", { protocol: t(`protocol.name.${change.protocol}`) })]),
  ];
  return parts.join(t("paste.separator"));
}

/** A note as a sentence in the page's language. */
export function noteText(t: TFunction, note: PasteNote): string {
  const { values: replace } = note;
  if (note.kind === "fault") {
    const sentence = t(`paste.fault.${note.fault}`, { replace });
    return replace.suggestion === undefined ? sentence : `${sentence} ${t("issue.suggestion", { replace })}`;
  }
  if (note.kind === "ambiguous") {
    const kind = knownKinds.find((known) => known === replace.kind) ?? "text-format";
    return t("paste.note.ambiguous", { kind: kindText(t, kind) });
  }
  return t(`paste.note.${note.kind}`, { replace });
}

const knownKinds: readonly PasteReading["kind"][] = ["hex", "base64", "text-format"];
