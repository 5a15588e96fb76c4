import type { DescMethod, Message } from "@bufbuild/protobuf";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Call, CallStart } from "../call/call.ts";
import { protocolsFor } from "../call/wire-protocol.ts";
import { type CallSubject, checkOptionsFor, isStream, readSettings, sendsMany } from "./check-draft.ts";
import type { DraftReader } from "./document/draft-reader.ts";
import type { Draft } from "./draft.ts";
import { parseRepeatCount } from "./repeat-count.ts";
import type { RuleWatch } from "./rules/rule-watch.ts";

/** What keeps a call or a message from being sent: a key of the language catalogues under `refusal`. */
export type Refusal = "text" | "metadata" | "deadline" | "options" | "repeat" | "protocol";

/** Why an attempt was refused; `attempt` tells one from the next. */
export type Refused =
  | { readonly reason: Refusal; readonly attempt: number }
  /** The messages break so many rules of their schema; the same text is sent at the next attempt. */
  | { readonly reason: "rules"; readonly attempt: number; readonly broken: number; readonly text: string };

/** What the actions of a call are doing beside the call itself. */
export interface ActionState {
  /** The newest attempt that was refused, until something was sent. */
  readonly refused: Refused | undefined;
  /** A *Send ×N* under way. */
  readonly repeating: { readonly sent: number; readonly total: number } | undefined;
}

/** What the user can do with a call. */
export interface CallActions {
  readonly store: StoreApi<ActionState>;
  /** What `start` would send now; undefined where that is refused, which `store` then tells. */
  prepare(): CallStart | undefined;
  /** Sends the request of a unary or server-streaming call; opens the stream of the other two kinds without a message. */
  start(): void;
  /** Sends the text's messages on the stream, which is opened first where it isn't open. */
  sendMessages(): void;
  /** Sends the text's messages as many times as the draft says. */
  sendRepeated(): void;
  /** Does what was refused because of broken rules; nothing where it was refused for another reason. */
  sendAnyway(): void;
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
  readonly rules: RuleWatch;
  /** Told when the draft was sent as it is. */
  readonly onSent: () => void;
}

/** Creates the actions of one tab's call. They read the draft and the subject when they are used. */
export function createCallActions(options: CallActionsOptions): CallActions {
  const { getSubject, call, getDraft, reader, rules, onSent } = options;
  const store = createStore<ActionState>(() => ({ refused: undefined, repeating: undefined }));
  let repetition: AbortController | undefined;
  let again = () => {};

  const refuse = (reason: Refusal) => {
    store.setState(({ refused }) => ({ refused: { reason, attempt: (refused?.attempt ?? 0) + 1 } }));
  };
  const readText = (attempt: () => void): readonly Message[] | undefined => {
    const { method, registry } = getSubject();
    const { text } = getDraft();
    const made = reader.makeMessages(text, checkOptionsFor(method, registry));
    if (made.kind === "refused") {
      refuse("text");
      return undefined;
    }
    const { refused } = store.getState();
    const isInsistent = refused?.reason === "rules" && refused.text === text;
    const broken = isInsistent ? 0 : rules.countBroken(made.messages, { text, input: method.input, registry });
    if (broken > 0) {
      again = attempt;
      store.setState({ refused: { reason: "rules", attempt: (refused?.attempt ?? 0) + 1, broken, text } });
      return undefined;
    }
    return made.messages;
  };
  const prepare = (messages: Iterable<Message>): CallStart | undefined => {
    const subject = getSubject();
    const { method, registry } = subject;
    const settings = readSettings(getDraft(), subject);
    const { metadata, deadline, protocol, options } = settings;
    if (protocolsFor(method, subject.wires).length === 0) {
      refuse("protocol");
      return undefined;
    }
    if (settings.hasMetadataProblem || settings.hasOptionProblem || deadline.kind === "refused") {
      const here = settings.hasOptionProblem ? "options" : "deadline";
      refuse(settings.hasMetadataProblem ? "metadata" : here);
      return undefined;
    }
    store.setState({ refused: undefined });
    const timeoutMs = deadline.kind === "set" ? deadline.ms : undefined;
    return { method, registry, protocol, metadata, timeoutMs, options, messages };
  };
  const begin = (messages: Iterable<Message>) => {
    const start = prepare(messages);
    if (start !== undefined) {
      repetition?.abort();
      call.start(start);
      onSent();
    }
  };
  const firstMessages = (attempt: () => void) => (sendsMany(getSubject().method) ? [] : readText(attempt));
  const send = (messages: Iterable<Message>): Promise<void> => {
    store.setState({ refused: undefined });
    onSent();
    // Rejects when the call ends first, and then the call's status says why.
    return call.send(messages).catch(() => {});
  };
  const start = () => {
    const messages = firstMessages(start);
    if (messages !== undefined) {
      begin(messages);
    }
  };
  const sendMessages = () => {
    const messages = readText(sendMessages);
    if (messages !== undefined) {
      isRunning(call) ? void send(messages) : begin(messages);
    }
  };
  const sendRepeated = () => {
    const count = parseRepeatCount(getDraft().repeat);
    const messages = count === undefined ? refuse("repeat") : readText(sendRepeated);
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
  };
  return {
    store,
    prepare() {
      const messages = firstMessages(() => {});
      return messages && prepare(messages);
    },
    start,
    sendMessages,
    sendRepeated,
    sendAnyway() {
      const { refused } = store.getState();
      if (refused?.reason === "rules") {
        // What was typed since is what is meant.
        store.setState({ refused: { ...refused, text: getDraft().text } });
        again();
      }
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
