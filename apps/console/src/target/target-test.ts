import { create } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import {
  type Target,
  TestTargetRequestSchema,
  type TestTargetResponse,
  type TestTargetResponse_Fault,
  type TestTargetResponse_Stage,
  TestTargetResponse_State,
  type Wire,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConsoleClients } from "./console-clients.ts";

/** What is known of one stage of a test. */
export interface StageOutcome {
  readonly stage: TestTargetResponse_Stage;
  readonly state: TestTargetResponse_State;
  /** What was found, as in `127.0.0.1:50051`; empty where nothing was told. */
  readonly finding: string;
  readonly fault: TestTargetResponse_Fault | undefined;
}

/** How far a test is. */
export interface TargetTestState {
  /** `broken`: the test itself could not be made, for which `error` says why. */
  readonly kind: "idle" | "running" | "passed" | "failed" | "broken";
  /** In the order in which they began. */
  readonly stages: readonly StageOutcome[];
  /** What the target speaks, once that was found. */
  readonly wires: readonly Wire[];
  readonly error: ConnectError | undefined;
}

/** A test of a target, which can be made again and again. */
export interface TargetTest {
  readonly store: StoreApi<TargetTestState>;
  /**
   * Tests a target, saved or not; a test under way is given up first. Resolves with its end, or undefined where it was
   * given up.
   */
  start(target: Target, previousName: string): Promise<TargetTestState | undefined>;
  cancel(): void;
}

const idle: TargetTestState = { kind: "idle", stages: [], wires: [], error: undefined };

/** Creates a test that was not made yet. */
export function createTargetTest({ targets }: Pick<ConsoleClients, "targets">): TargetTest {
  const store = createStore<TargetTestState>(() => idle);
  let abort: AbortController | undefined;
  return {
    store,
    cancel() {
      abort?.abort();
      abort = undefined;
      store.setState(idle, true);
    },
    async start(target, previousName) {
      abort?.abort();
      const own = new AbortController();
      abort = own;
      store.setState({ ...idle, kind: "running" }, true);
      try {
        const request = create(TestTargetRequestSchema, { target, previousName });
        for await (const news of targets.testTarget(request, { signal: own.signal })) {
          if (own.signal.aborted) {
            return undefined;
          }
          store.setState((state) => addNews(state, news), true);
        }
        store.setState((state) => ({ ...state, kind: hasFailed(state) ? "failed" : "passed" }), true);
      } catch (reason) {
        if (own.signal.aborted) {
          return undefined;
        }
        store.setState((state) => ({ ...state, kind: "broken", error: ConnectError.from(reason) }), true);
      }
      return store.getState();
    },
  };
}

/** Adds what is new of one stage. */
export function addNews(state: TargetTestState, news: TestTargetResponse): TargetTestState {
  const { stage, finding, fault, wires } = news;
  const outcome = { stage, state: news.state, finding, fault };
  const at = state.stages.findIndex((known) => known.stage === stage);
  return {
    ...state,
    stages: at < 0 ? [...state.stages, outcome] : state.stages.with(at, outcome),
    wires: wires.length === 0 ? state.wires : wires,
  };
}

/** Whether a target can't be called: the last of its stages failed. One that tells no schema can be called all the same. */
function hasFailed({ stages, wires }: TargetTestState): boolean {
  return stages.at(-1)?.state === TestTargetResponse_State.FAILED && wires.length === 0;
}
