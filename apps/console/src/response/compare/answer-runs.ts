import { createStore, type StoreApi } from "zustand/vanilla";
import type { Call, CallStart } from "../../call/call.ts";
import type { WireProtocol } from "../../call/wire-protocol.ts";
import { type AnswerSnapshot, snapshotAnswer } from "./answer-snapshot.ts";

/** What came of one protocol so far. */
export interface AnswerLane {
  readonly protocol: WireProtocol;
  /** Of the newest run. */
  readonly answer: AnswerSnapshot | undefined;
  /** How long each run took, in milliseconds, in their order. */
  readonly times: readonly number[];
}

/** Where the runs stand. */
export interface AnswerRunsState {
  readonly phase: "idle" | "running" | "done" | "cancelled";
  readonly lanes: readonly AnswerLane[];
  readonly done: number;
  readonly total: number;
}

/** The same request, sent over several protocols several times. */
export interface AnswerRuns {
  readonly store: StoreApi<AnswerRunsState>;
  /** Begins anew. The protocols take turns, so that whatever changes meanwhile meets them alike. */
  start(request: AnswerRequest): void;
  cancel(): void;
}

/** What is sent. */
export interface AnswerRequest {
  /** The protocol in it counts for nothing. */
  readonly start: CallStart;
  readonly protocols: readonly WireProtocol[];
  /** How often each protocol has its turn. */
  readonly repeats: number;
}

/** After so many messages of a stream the page has enough. */
export const mostStreamed = 5;

/** A stream that has brought fewer by then is stopped too, in milliseconds. */
export const mostStreamedMs = 10_000;

/** Creates what runs calls of its own, one after the other. */
export function createAnswerRuns(createCall: () => Call): AnswerRuns {
  const store = createStore<AnswerRunsState>(() => ({ phase: "idle", lanes: [], done: 0, total: 0 }));
  let newest = 0;
  let stop = () => {};

  async function runAll({ start, protocols, repeats }: AnswerRequest, id: number): Promise<void> {
    const call = createCall();
    stop = () => call.cancel();
    const messages = [...start.messages];
    for (let round = 0; round < repeats; round++) {
      for (const protocol of protocols) {
        const answer = await answerOf(call, { ...start, protocol, messages });
        if (id !== newest) {
          return;
        }
        store.setState(({ lanes, done }) => ({
          lanes: lanes.map((lane) => (lane.protocol === protocol ? withAnswer(lane, answer) : lane)),
          done: done + 1,
        }));
      }
    }
    store.setState({ phase: "done" });
  }

  return {
    store,
    start(request) {
      const { protocols, repeats } = request;
      stop();
      newest++;
      const lanes = protocols.map((protocol): AnswerLane => ({ protocol, answer: undefined, times: [] }));
      store.setState({ phase: "running", lanes, done: 0, total: repeats * protocols.length }, true);
      void runAll(request, newest);
    },
    cancel() {
      if (store.getState().phase === "running") {
        newest++;
        stop();
        store.setState({ phase: "cancelled" });
      }
    },
  };
}

function withAnswer(lane: AnswerLane, answer: AnswerSnapshot): AnswerLane {
  return { ...lane, answer, times: [...lane.times, answer.endedMs] };
}

/** Runs a call to its end, or until a stream has brought as many messages as are compared. */
function answerOf(call: Call, start: CallStart): Promise<AnswerSnapshot> {
  return new Promise((resolve) => {
    let isStopped = false;
    const stop = () => {
      isStopped = true;
      call.cancel();
    };
    const isStream = start.method.methodKind !== "unary";
    const timer = isStream ? setTimeout(stop, mostStreamedMs) : undefined;
    const unsubscribe = call.subscribe(() => {
      const state = call.getState();
      if (state.phase.kind === "closed") {
        unsubscribe();
        clearTimeout(timer);
        resolve(snapshotAnswer(state, isStream ? { isStopped, most: mostStreamed } : {}));
      } else if (isStream && !isStopped && state.received.messages >= mostStreamed) {
        stop();
      }
    });
    call.start(start);
  });
}

/** The middle one of `times`, or the mean of the two in the middle; undefined of none. */
export function median(times: readonly number[]): number | undefined {
  const sorted = times.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted.length % 2 === 1 ? upper : sorted[middle - 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}
