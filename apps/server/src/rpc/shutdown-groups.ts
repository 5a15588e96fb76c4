import { Code, ConnectError } from "@connectrpc/connect";
import { createLinkedList, type Link } from "./linked-list.ts";

/** A call that can be ended from outside. */
export interface EndableCall {
  /** Ends the call with an error; without effect once it has ended. */
  fail(error: ConnectError): void;
}

/** The running calls that one signal ends. A single listener serves them all. */
export interface ShutdownGroup {
  /** Takes a call in. Where the signal has aborted, the call ends at once. */
  add(call: EndableCall): Link<EndableCall>;
  /** Lets a call go that has ended. */
  remove(link: Link<EndableCall>): void;
}

/** Gives the group of a signal: the same one each time. */
export type FindShutdownGroup = (signal: AbortSignal) => ShutdownGroup;

/** Creates the groups of all signals that methods have. A signal's reason is what its calls end with. */
export function createShutdownGroups(): FindShutdownGroup {
  const groups = new Map<AbortSignal, ShutdownGroup>();
  return (signal) => {
    let group = groups.get(signal);
    if (group === undefined) {
      group = createShutdownGroup(signal);
      groups.set(signal, group);
    }
    return group;
  };
}

function createShutdownGroup(signal: AbortSignal): ShutdownGroup {
  const calls = createLinkedList<EndableCall>();
  const reason = () => ConnectError.from(signal.reason, Code.Canceled);
  signal.addEventListener("abort", () => {
    for (let link = calls.first; link !== undefined; link = link.next) {
      link.value.fail(reason());
    }
  });
  return {
    add(call) {
      if (signal.aborted) {
        call.fail(reason());
      }
      return calls.add(call);
    },
    remove: calls.remove,
  };
}
