import { createRegistry } from "@bufbuild/protobuf";
import type { CallState, CallStatus, HeaderFields } from "../../call/call.ts";
import type { WireProtocol } from "../../call/wire-protocol.ts";
import { type MessageModel, messageModel } from "./message-model.ts";

/** How an answer's messages were told apart on the wire. */
export type AnswerFraming = "body" | "envelopes" | "frames";

/** What came of one run of a call, to be compared with another. */
export interface AnswerSnapshot {
  /** What carried the call in the end. */
  readonly protocol: WireProtocol;
  /** Undefined where the page stopped reading once it had enough messages. */
  readonly status: Pick<CallStatus, "code" | "name" | "message" | "origin"> | undefined;
  readonly headers: HeaderFields;
  readonly trailers: HeaderFields;
  /** Whether fetch sorted the header fields and folded those of one name. */
  readonly isFolded: boolean;
  /** The first messages that came, at most as many as were asked for. */
  readonly messages: readonly MessageModel[];
  /** All messages that came; where the page stopped reading, those that are compared. */
  readonly messageCount: number;
  /** The bytes of these messages as they were carried. */
  readonly carriedBytes: number;
  /** Whether the first message was compressed, and by what. */
  readonly compression: string | undefined;
  readonly framing: AnswerFraming;
  /** From the beginning to the end, in milliseconds. */
  readonly endedMs: number;
  readonly headersMs: number | undefined;
}

const noTypes = createRegistry();

/** The most messages that are compared. */
const mostCompared = 1_000;

/** How an answer is read. */
export interface SnapshotOptions {
  /** Whether the page stopped reading: what came after the messages that were asked for counts for nothing. Default: no. */
  readonly isStopped?: boolean;
  /** How many messages are compared. Default 1,000. */
  readonly most?: number;
}

/** What a run that has ended, or has what is asked of it, came to. */
export function snapshotAnswer(state: CallState, options: SnapshotOptions = {}): AnswerSnapshot {
  const { isStopped = false, most = mostCompared } = options;
  const { method, registry, phase, log, received, protocol = "websocket" } = state;
  const messages: MessageModel[] = [];
  let compression: string | undefined;
  let bytes = 0;
  for (let position = 0; position < log.length && messages.length < most; position++) {
    const event = log.at(position);
    if (event?.direction === "received" && method !== undefined) {
      compression ??= event.wire?.compression;
      bytes += event.wireBytes;
      messages.push(messageModel(method.output, event.message, registry ?? noTypes));
    }
  }
  return {
    protocol,
    status: isStopped || phase.kind !== "closed" ? undefined : phase.status,
    headers: state.headers ?? [],
    trailers: state.trailers ?? [],
    isFolded: state.foldedFields,
    messages,
    messageCount: isStopped ? messages.length : received.messages,
    carriedBytes: isStopped ? bytes : received.bytes,
    compression,
    framing: framingOf(protocol, method?.methodKind === "unary"),
    endedMs: state.endedMs ?? 0,
    headersMs: state.headersMs,
  };
}

function framingOf(protocol: WireProtocol, isUnary: boolean): AnswerFraming {
  if (protocol === "websocket") {
    return "frames";
  }
  return isUnary && protocol !== "grpc-web" ? "body" : "envelopes";
}
