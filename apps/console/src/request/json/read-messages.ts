import type { Message } from "@bufbuild/protobuf";
import { type CheckOptions, makeMessages } from "../document/check-document.ts";
import { parseDocument } from "../document/parse-document.ts";
import type { JsonIssue } from "./json-issue.ts";

/** What typed JSON means for a method's input. Messages are complete only where there is no issue. */
export interface ReadMessages {
  readonly messages: readonly Message[];
  readonly issues: readonly JsonIssue[];
}

/**
 * Reads the messages that `text` holds in the ProtoJSON format. Every fault is placed; at most 100 are told. Integers of
 * 64 bits keep every digit. Never throws, for any text.
 */
export function readMessages(text: string, options: CheckOptions): ReadMessages {
  return makeMessages(parseDocument(text), options);
}
