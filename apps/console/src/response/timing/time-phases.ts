import type { CallTiming } from "../../call/call.ts";

/** A part of a call's time. */
export type TimePhaseName = "queued" | "connecting" | "headers" | "firstMessage" | "messages" | "end";

/** One part of a call's time, in milliseconds from the call's beginning. */
export interface TimePhase {
  readonly name: TimePhaseName;
  readonly fromMs: number;
  readonly toMs: number;
}

const marks: readonly (readonly [name: TimePhaseName, mark: keyof CallTiming])[] = [
  ["queued", "sentMs"],
  ["connecting", "acceptedMs"],
  ["headers", "headersMs"],
  ["firstMessage", "firstMessageMs"],
  ["messages", "lastMessageMs"],
  ["end", "endedMs"],
];

/**
 * The parts of a call's time, one after the other, without gaps: each ends at its mark. A part whose mark is not known is
 * left out, and its time falls to the next. What is known late, as the connection over fetch, never goes back in time.
 */
export function timePhases(timing: CallTiming): readonly TimePhase[] {
  const phases: TimePhase[] = [];
  let fromMs = 0;
  for (const [name, mark] of marks) {
    const at = timing[mark];
    if (at !== undefined) {
      const toMs = Math.max(fromMs, at);
      phases.push({ name, fromMs, toMs });
      fromMs = toMs;
    }
  }
  return phases;
}
