import { createStore, type StoreApi } from "zustand/vanilla";
import type { Call } from "../../call/call.ts";
import type { FieldViolation } from "./field-violation.ts";
import { serverViolations } from "./server-violations.ts";

/** The fields that the server refused in the newest run of a call. */
export interface ServerRefusals {
  /** The text that was sent: a violation counts as long as its field is as it was there. */
  readonly text: string;
  readonly violations: readonly FieldViolation[];
}

/** Follows a call: what its server refuses, from the end of a run to the beginning of the next. */
export function followRefusals(call: Call, getText: () => string): StoreApi<ServerRefusals> {
  const store = createStore<ServerRefusals>(() => nothingRefused);
  let sent = { runId: call.getState().runId, text: "" };
  let endedRun = -1;
  call.subscribe(() => {
    const { runId, phase, registry } = call.getState();
    if (runId !== sent.runId) {
      sent = { runId, text: getText() };
      store.setState(nothingRefused, true);
    }
    if (phase.kind === "closed" && runId !== endedRun && registry !== undefined) {
      endedRun = runId;
      const violations = serverViolations(phase.status.details, registry);
      if (violations.length > 0) {
        store.setState({ text: sent.text, violations }, true);
      }
    }
  });
  return store;
}

const nothingRefused: ServerRefusals = { text: "", violations: [] };
