import { createContextKey } from "@connectrpc/connect";

/** What is learnt about one call while it runs, for its line in the log. */
export interface CallRecord {
  /** The status code with which the service ended the call; undefined while it runs and where it ended well. */
  code: number | undefined;
  /** What the service threw that was no ConnectError: a fault of ours, which the caller doesn't get to see. */
  fault: unknown;
}

/** The key of the record among a call's context values. */
export const callRecordKey = createContextKey<CallRecord>(
  { code: undefined, fault: undefined },
  { description: "call record" },
);
