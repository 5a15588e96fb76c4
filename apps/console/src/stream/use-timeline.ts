import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { useDeferredValue, useMemo, useState } from "react";
import type { Call, CallState } from "../call/call.ts";
import type { MessageEvent } from "../call/event-log.ts";
import { useSnapshot } from "../ui/use-snapshot.ts";
import { eventText } from "./event-text.ts";
import { createFilteredLog, type FilteredLog } from "./filtered-log.ts";

/** What the timeline of a call shows now. */
export interface Timeline {
  readonly state: CallState;
  readonly rows: FilteredLog;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** While the view is paused, how many messages came since. */
  readonly newer: number | undefined;
  readonly togglePause: () => void;
}

/** So much of a message's text is searched. */
const searchedLength = 4_000;

/** The rows of a call's timeline: filtered, and standing still while the view is paused. */
export function useTimeline(call: Call, method: DescMethod, registry: Registry): Timeline {
  const state = useSnapshot(call);
  const { log, runId } = state;
  const [query, setQuery] = useState("");
  const [paused, setPaused] = useState<{ readonly runId: number; readonly end: number }>();
  const wanted = useDeferredValue(query).trim().toLowerCase();
  const rows = useMemo(() => {
    const matches = (event: MessageEvent) =>
      eventText(event, { method, registry }, searchedLength).toLowerCase().includes(wanted);
    return createFilteredLog(log, wanted === "" ? undefined : matches);
  }, [log, wanted, method, registry]);
  const end = paused?.runId === runId ? paused.end : undefined;
  rows.advance(end ?? log.total);
  return {
    state,
    rows,
    query,
    setQuery,
    newer: end === undefined ? undefined : log.total - end,
    togglePause: () => setPaused(end === undefined ? { runId, end: call.getState().log.total } : undefined),
  };
}
