import { createLinkedList } from "../../rpc/linked-list.ts";
import type { UpstreamCall, Waiting } from "./upstream-call.ts";
import { deadlinePassedWaiting, queueFull, queueTimeout } from "./upstream-faults.ts";
import type { UpstreamLimits } from "./upstream-limits.ts";

/** The calls that wait for room on a connection, in their order. */
export interface WaitQueue {
  readonly size: number;
  /** Has a call wait until it is taken, or fails it: at once where too many wait, later where it waits too long. */
  add(call: UpstreamCall): void;
  /** Takes out the call that has waited the longest. */
  take(): UpstreamCall | undefined;
  /** Takes out a call, wherever it is. Without effect where it isn't there. */
  remove(call: UpstreamCall): void;
}

/** Creates an empty queue. */
export function createWaitQueue({ maxWaiting, maxWaitMs }: UpstreamLimits): WaitQueue {
  const calls = createLinkedList<Waiting>();
  let size = 0;
  function remove(call: UpstreamCall): void {
    const { waiting } = call;
    if (waiting !== undefined) {
      call.waiting = undefined;
      clearTimeout(waiting.value.timer);
      calls.remove(waiting);
      size--;
    }
  }
  return {
    get size() {
      return size;
    },
    add(call) {
      if (size >= maxWaiting) {
        call.fail(queueFull(maxWaiting));
        return;
      }
      const leftMs = call.deadline === undefined ? Number.POSITIVE_INFINITY : call.deadline.at - performance.now();
      const fault = leftMs <= maxWaitMs ? deadlinePassedWaiting : queueTimeout(maxWaitMs);
      const giveUp = () => {
        remove(call);
        call.fail(fault);
      };
      const timer = setTimeout(giveUp, Math.max(0, Math.min(leftMs, maxWaitMs)));
      call.waiting = calls.add({ call, timer });
      size++;
    },
    take() {
      const call = calls.first?.value.call;
      if (call !== undefined) {
        remove(call);
      }
      return call;
    },
    remove,
  };
}
