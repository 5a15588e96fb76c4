/** What bounds the connections to one server. */
export interface UpstreamLimits {
  /** How long a connection may take until HTTP/2 is agreed on, dialling included, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** How many HTTP/2 sessions take calls at a time, or HTTP/1.1 connections are open. */
  readonly maxConnections: number;
  /** How many calls wait for room. */
  readonly maxWaiting: number;
  /** How long a call waits for room at most, in milliseconds; its own deadline may come first. */
  readonly maxWaitMs: number;
  /** How long an HTTP/2 session without calls is kept, in milliseconds. */
  readonly idleMs: number;
  /** How long a session may be without calls before it has to answer a PING to get one, in milliseconds. */
  readonly verifyAfterMs: number;
  /** How long the answer to that PING may take, in milliseconds. */
  readonly verifyTimeoutMs: number;
  /** How long the answer to a PING of keepalive may take, in milliseconds. */
  readonly pingTimeoutMs: number;
  /** How long a connection of HTTP/1.1 without a call is kept, in milliseconds: servers close theirs after 5 seconds. */
  readonly http1IdleMs: number;
}

/** The limits where nothing else is asked for. */
export const defaultUpstreamLimits: UpstreamLimits = {
  connectTimeoutMs: 10_000,
  maxConnections: 32,
  maxWaiting: 5_000,
  maxWaitMs: 30_000,
  idleMs: 300_000,
  verifyAfterMs: 30_000,
  verifyTimeoutMs: 2_000,
  pingTimeoutMs: 20_000,
  http1IdleMs: 4_000,
};
