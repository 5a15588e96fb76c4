import type { Message } from "@bufbuild/protobuf";
import type { JsonIssue } from "../json/json-issue.ts";
import { type CheckOptions, checkDocument, type DocumentCheck, makeMessages } from "./check-document.ts";
import type { JsonDocument } from "./json-document.ts";
import { parseDocument } from "./parse-document.ts";
import { updateDocument } from "./update-document.ts";

/** A draft's text, read and checked. */
export interface DraftReading extends DocumentCheck {
  readonly document: JsonDocument;
}

/** The messages of a draft, or what keeps them from being made. */
export type DraftMessages =
  | { readonly kind: "made"; readonly messages: readonly Message[] }
  | { readonly kind: "refused"; readonly issues: readonly JsonIssue[] };

/** Reads one draft's text as it changes. */
export interface DraftReader {
  /**
   * The reading of the draft's newest text: made once for each text, however often it is asked for, and from the reading
   * before, so that a small change costs little.
   */
  read(text: string, options: CheckOptions): DraftReading;
  /** Makes the messages; refused where there is an issue. One that only making them shows is in the reading from then on. */
  makeMessages(text: string, options: CheckOptions): DraftMessages;
}

/** Creates the reader of one draft; it holds the newest text's tree. */
export function createDraftReader(): DraftReader {
  let newest: (DraftReading & { readonly options: CheckOptions }) | undefined;
  const read = (text: string, options: CheckOptions) => {
    if (newest?.document.text !== text || !isSame(newest.options, options)) {
      const document = newest === undefined ? parseDocument(text) : updateDocument(newest.document, text);
      newest = { ...checkDocument(document, options), document, options };
    }
    return newest;
  };
  return {
    read,
    makeMessages(text, options) {
      const reading = read(text, options);
      if (reading.issues.length > 0) {
        return { kind: "refused", issues: reading.issues };
      }
      const { messages, issues } = makeMessages(reading.document, options);
      if (issues.length > 0) {
        newest = { ...reading, issues };
        return { kind: "refused", issues };
      }
      return { kind: "made", messages };
    },
  };
}

function isSame(a: CheckOptions, b: CheckOptions): boolean {
  return a.input === b.input && a.registry === b.registry && a.many === b.many;
}
