import type { DescMessage, Message, Registry } from "@bufbuild/protobuf";
import type { JsonIssue } from "./json-issue.ts";

/** What typed JSON means for a method's input. Messages are complete only where there is no issue. */
export interface ReadMessages {
  readonly messages: readonly Message[];
  readonly issues: readonly JsonIssue[];
}

/** How typed JSON is read. */
export interface ReadMessagesOptions {
  /** The type of each message. */
  readonly input: DescMessage;
  /** Types that an `Any` can hold. */
  readonly registry: Registry;
  /** Whether the text may hold any number of messages, one after the other or in one array; otherwise exactly one. */
  readonly many: boolean;
}

/** Signature of `readMessages`, in the pure core: text in, messages and placed issues out; never throws for any text. */
export type ReadMessagesFn = (text: string, options: ReadMessagesOptions) => ReadMessages;
