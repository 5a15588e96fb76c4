import { Code, ConnectError } from "@connectrpc/connect";

/** What bounds the wait for a call's messages. */
export interface CallBounds {
  /** Aborts with a ConnectError when the deadline has passed, the server stops or the message takes too long. */
  readonly signal: AbortSignal;
  /** Lets go of timers and listeners, once the call has ended. */
  release(): void;
}

/** What `createCallBounds` needs. */
export interface CallBoundsOptions {
  /** How long the call may take, in milliseconds; undefined where there is no deadline. */
  readonly deadlineMs: number | undefined;
  /** Aborted when calls of this kind have to end. */
  readonly shutdown: AbortSignal;
  /** How long the request may take to arrive, in milliseconds; undefined for as long as it likes. */
  readonly arrivalMs: number | undefined;
}

/** Creates the bounds of one call, which begins now. */
export function createCallBounds({ deadlineMs, shutdown, arrivalMs }: CallBoundsOptions): CallBounds {
  const controller = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const onShutdown = () => controller.abort(shutdown.reason);
  if (shutdown.aborted) {
    onShutdown();
  }
  shutdown.addEventListener("abort", onShutdown);
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
