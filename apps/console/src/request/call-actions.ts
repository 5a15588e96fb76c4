import type { DescMethod, Message } from "@bufbuild/protobuf";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Call } from "../call/call.ts";
import { protocolsFor } from "../call/wire-protocol.ts";
import { type CallSubject, checkOptionsFor, isStream, readSettings, sendsMany } from "./check-draft.ts";
import type { DraftReader } from "./document/draft-reader.ts";
import type { Draft } from "./draft.ts";
import { parseRepeatCount } from "./repeat-count.ts";

/** What keeps a call or a message from being sent: a key of the language catalogues under `refusal`. */
export type Refusal = "text" | "metadata" | "deadline" | "options" | "repeat" | "protocol";

/** What the actions of a call are doing beside the call itself. */
export interface ActionState {
  /** The newest attempt that was refused, until something was sent; `attempt` tells one from the next. */
  readonly refused: { readonly reason: Refusal; readonly attempt: number } | undefined;
  /** A *Send ×N* under way. */
  readonly repeating: { readonly sent: number; readonly total: number } | undefined;
}

/** What the user can do with a call. */
export interface CallActions {
  readonly store: StoreApi<ActionState>;
  /** Sends the request of a unary or server-streaming call; opens the stream of the other two kinds without a message. */
  start(): void;
  /** Sends the text's messages on the stream, which is opened first where it isn't open. */
  sendMessages(): void;
  /** Sends the text's messages as many times as the draft says. */
  sendRepeated(): void;
  stopRepeating(): void;
  halfClose(): void;
  cancel(): void;
}

/** What the actions work on. */
export interface CallActionsOptions {
  /** What is called, by the newest schema. */
  readonly getSubject: () => CallSubject;
  readonly call: Call;
  readonly getDraft: () => Draft;
  /** Reads the draft's text. */
  readonly reader: DraftReader;
  /** Told when the draft was sent as it is. */
  readonly onSent: () => void;
}

/** Creates the actions of one tab's call. They read the draft and the subject when they are used. */
export function createCallActions({ getSubject, call, getDraft, reader, onSent }: CallActionsOptions): CallActions {
  const store = createStore<ActionState>(() => ({ refused: undefined, repeating: undefined }));
  let repetition: AbortController | undefined;

  const refuse = (reason: Refusal) => {
    store.setState(({ refused }) => ({ refused: { reason, attempt: (refused?.attempt ?? 0) + 1 } }));
  };
  const readText = (): readonly Message[] | undefined => {
    const { method, registry } = getSubject();
    const made = reader.makeMessages(getDraft().text, checkOptionsFor(method, registry));
    if (made.kind === "refused") {
      refuse("text");
      return undefined;
    }
    return made.messages;
  };
  const begin = (messages: Iterable<Message>) => {
    const subject = getSubject();
    const { method, registry } = subject;
    const settings = readSettings(getDraft(), subject);
    const { metadata, deadline, protocol, options } = settings;
    if (protocolsFor(method, subject.wires).length === 0) {
      refuse("protocol");
      return;
    }
    if (settings.hasMetadataProblem || settings.hasOptionProblem || deadline.kind === "refused") {
      const here = settings.hasOptionProblem ? "options" : "deadline";
      refuse(settings.hasMetadataProblem ? "metadata" : here);
      return;
    }
    repetition?.abort();
    store.setState({ refused: undefined });
    const timeoutMs = deadline.kind === "set" ? deadline.ms : undefined;
    call.start({ method, registry, protocol, metadata, timeoutMs, options, messages });
    onSent();
  };
  const send = (messages: Iterable<Message>): Promise<void> => {
    store.setState({ refused: undefined });
    onSent();
    // Rejects when the call ends first, and then the call's status says why.
    return call.send(messages).catch(() => {});
  };
  return {
    store,
    start() {
      const messages = sendsMany(getSubject().method) ? [] : readText();
      if (messages !== undefined) {
        begin(messages);
      }
    },
    sendMessages() {
      const messages = readText();
      if (messages !== undefined) {
        isRunning(call) ? void send(messages) : begin(messages);
      }
    },
    sendRepeated() {
      const count = parseRepeatCount(getDraft().repeat);
      const messages = count === undefined ? refuse("repeat") : readText();
      if (messages === undefined || count === undefined || !isRunning(call)) {
        return;
      }
      repetition?.abort();
      repetition = new AbortController();
      const { signal } = repetition;
      const report = (sent: number) => store.setState({ repeating: { sent, total: count } });
      send(repeat(messages, { count, signal, report })).finally(() => {
        if (!signal.aborted) {
          store.setState({ repeating: undefined });
        }
      });
    },
    stopRepeating() {
      repetition?.abort();
      store.setState({ repeating: undefined });
    },
    halfClose: () => call.halfClose(),
    cancel: () => call.cancel(),
  };
}

/** Whether a run of the call is under way. */
export function isRunning(call: Call): boolean {
  const { kind } = call.getState().phase;
  return kind === "opening" || kind === "open";
}

/** Whether a stream's sending side is open, so that `method`'s messages can be sent. */
export function canSend(call: Call, method: DescMethod): boolean {
  return isStream(method) && isRunning(call) && !call.getState().halfClosed;
}

interface Repetition {
  readonly count: number;
  readonly signal: AbortSignal;
  readonly report: (sent: number) => void;
}

/** How often a repetition reports: rarely enough to cost nothing. */
const reportEvery = 200;

function* repeat(messages: readonly Message[], { count, signal, report }: Repetition): Generator<Message> {
  report(0);
  for (let sent = 0; sent < count && !signal.aborted; sent++) {
    if (sent % reportEvery === 0) {
      report(sent);
    }
    yield* messages;
  }
}
