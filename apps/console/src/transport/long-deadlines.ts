import type { Transport } from "@connectrpc/connect";

/** How a protocol tells the server a deadline. */
export interface DeadlineHeader {
  readonly name: string;
  /** Writes a deadline in milliseconds, cut to what the header can hold. */
  readonly format: (timeoutMs: number) => string;
  /** The longest deadline that the wrapped transport handles by itself, in milliseconds. */
  readonly maxMs: number;
}

/** The longest time of a timer: a longer one fires at once (https://html.spec.whatwg.org/ "timers", 2^31 - 1 ms). */
export const maxTimerMs = 2_147_483_647;

/**
 * Lets a transport take deadlines of any length. Those longer than `maxMs` go to the server alone: no timer runs for them
 * in the page. Deadlines are whole milliseconds, rounded up.
 */
export function withLongDeadlines(transport: Transport, { name, format, maxMs }: DeadlineHeader): Transport {
  function split(
    timeoutMs: number | undefined,
    header: ConstructorParameters<typeof Headers>[0],
  ): [number | undefined, Headers] {
    const headers = new Headers(header);
    if (timeoutMs === undefined || timeoutMs <= maxMs) {
      return [timeoutMs === undefined ? undefined : Math.ceil(timeoutMs), headers];
    }
    headers.set(name, format(timeoutMs));
    return [undefined, headers];
  }

  return {
    unary(method, signal, timeoutMs, header, input, contextValues) {
      const [shortMs, headers] = split(timeoutMs, header);
      return transport.unary(method, signal, shortMs, headers, input, contextValues);
    },
    stream(method, signal, timeoutMs, header, input, contextValues) {
      const [shortMs, headers] = split(timeoutMs, header);
      return transport.stream(method, signal, shortMs, headers, input, contextValues);
    },
  };
}
