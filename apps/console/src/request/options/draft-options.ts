import {
  type CallOptions,
  type CompressionName,
  defaultCallOptions,
  type JsonDialect,
} from "../../call/call-options.ts";
import { parseSize } from "../../ui/parse-size.ts";

/** The options of a call as they were chosen and typed. */
export interface DraftOptions {
  /** Undefined for none. */
  readonly requestCompression: CompressionName | undefined;
  readonly acceptedCompressions: readonly CompressionName[];
  /** As typed: `4 MiB`, `512k`, or blank for the default. */
  readonly maxSent: string;
  readonly maxReceived: string;
  readonly json: JsonDialect;
}

/** What nobody has chosen anything of. */
export const defaultDraftOptions: DraftOptions = {
  requestCompression: defaultCallOptions.requestCompression,
  acceptedCompressions: defaultCallOptions.acceptedCompressions,
  maxSent: "",
  maxReceived: "",
  json: defaultCallOptions.json,
};

/** Which limits can't be read. */
export interface OptionProblems {
  readonly maxSent: boolean;
  readonly maxReceived: boolean;
}

/** What options mean for a call. A limit that can't be read counts as its default. */
export interface ReadOptions {
  readonly options: CallOptions;
  readonly problems: OptionProblems;
}

/** Reads options as they were typed. */
export function readOptions(draft: DraftOptions): ReadOptions {
  const { requestCompression, acceptedCompressions, json } = draft;
  const maxSent = parseSize(draft.maxSent);
  const maxReceived = parseSize(draft.maxReceived);
  return {
    options: {
      requestCompression,
      acceptedCompressions,
      json,
      maxSentBytes: maxSent || defaultCallOptions.maxSentBytes,
      maxReceivedBytes: maxReceived || defaultCallOptions.maxReceivedBytes,
    },
    problems: { maxSent: maxSent === undefined, maxReceived: maxReceived === undefined },
  };
}

/** How many options are not as they are by themselves. */
export function countChosen(draft: DraftOptions): number {
  const { json } = defaultDraftOptions;
  const differs = [
    draft.requestCompression !== undefined,
    draft.acceptedCompressions.length > 0,
    draft.maxSent.trim() !== "",
    draft.maxReceived.trim() !== "",
    draft.json.protoFieldNames !== json.protoFieldNames,
    draft.json.enumsAsNumbers !== json.enumsAsNumbers,
    draft.json.emitDefaults !== json.emitDefaults,
    draft.json.ignoreUnknownFields !== json.ignoreUnknownFields,
  ];
  return differs.filter(Boolean).length;
}
