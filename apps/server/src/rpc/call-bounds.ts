import { Code, ConnectError } from "@connectrpc/connect";
import { readDeadline } from "./deadline.ts";

/** What bounds the wait for a call's messages. */
export interface CallBounds {
  /** Aborts with a ConnectError when the deadline has passed, the server stops or the message takes too long. */
  readonly signal: AbortSignal;
  /** Lets go of timers and listeners, once the call has ended. */
  release(): void;
}

/** What `createCallBounds` needs. */
export interface CallBoundsOptions {
  /** The request's header. A deadline beyond what timers can wait is shortened in it. */
  readonly header: Headers;
  /** Aborted when calls of this kind have to end. */
  readonly shutdown: AbortSignal;
  /** How long the request may take to arrive, in milliseconds; undefined for as long as it likes. */
  readonly arrivalMs: number | undefined;
}

/** Creates the bounds of one call, which begins now. */
export function createCallBounds({ header, shutdown, arrivalMs }: CallBoundsOptions): CallBounds {
  const controller = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const onShutdown = () => controller.abort(shutdown.reason);
  if (shutdown.aborted) {
    onShutdown();
  }
  shutdown.addEventListener("abort", onShutdown);
  const deadlineMs = readDeadline(header);
  if (deadlineMs !== undefined) {
    const late = () => controller.abort(new ConnectError("the deadline has passed", Code.DeadlineExceeded));
    timers.push(setTimeout(late, deadlineMs));
  }
  if (arrivalMs !== undefined) {
    const slow = () =>
      controller.abort(
        new ConnectError(`the request did not arrive within ${arrivalMs} milliseconds`, Code.DeadlineExceeded),
      );
    timers.push(setTimeout(slow, arrivalMs));
  }
  return {
    signal: controller.signal,
    release() {
      shutdown.removeEventListener("abort", onShutdown);
      timers.forEach(clearTimeout);
    },
  };
}
