import { createStore, type StoreApi } from "zustand/vanilla";
import type { Call, CallState } from "../../call/call.ts";

/** An answer of a call that has run again since, or has just ended. */
export interface EarlierAnswer {
  readonly runId: number;
  /** As the call was when it had ended. */
  readonly state: CallState;
}

/** What is kept of a call's answers. */
export interface EarlierAnswersState {
  /** The newest first. */
  readonly answers: readonly EarlierAnswer[];
  /** How many were dropped because there were too many, or too many bytes. */
  readonly dropped: number;
}

/** How much is kept. */
export interface EarlierAnswersLimits {
  /** Default 10. */
  readonly mostAnswers?: number;
  /** The messages' bytes as they were carried, of all answers together. Default 16 MB. The newest answer is kept in any case. */
  readonly mostBytes?: number;
}

/** Keeps the last answers of a call, from now on. */
export function keepEarlierAnswers(
  call: Call,
  { mostAnswers = 10, mostBytes = 16_000_000 }: EarlierAnswersLimits = {},
): StoreApi<EarlierAnswersState> {
  const store = createStore<EarlierAnswersState>(() => ({ answers: [], dropped: 0 }));
  call.subscribe(() => {
    const state = call.getState();
    const { answers, dropped } = store.getState();
    if (state.phase.kind !== "closed" || answers[0]?.runId === state.runId) {
      return;
    }
    let bytes = 0;
    const kept = [{ runId: state.runId, state }, ...answers].filter((answer, at) => {
      bytes += answer.state.received.bytes + answer.state.sent.bytes;
      return at === 0 || (at < mostAnswers && bytes <= mostBytes);
    });
    store.setState({ answers: kept, dropped: dropped + answers.length + 1 - kept.length }, true);
  });
  return store;
}
