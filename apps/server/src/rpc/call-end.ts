/** Who ended a call that goes on to another server: its client, the gateway by a deadline, a limit or a rule, or that server. */
export type EndedBy = "client" | "gateway" | "upstream";

/** How a call went. */
export interface CallEnd {
  /** The code of its status; 0 for success. */
  readonly code: number;
  /** What the service threw that the caller didn't get to see; undefined for nothing. */
  readonly fault: unknown;
  readonly httpStatus: number;
  /** Bytes of the request's body. */
  readonly bytesIn: number;
  /** Bytes of the response's body. */
  readonly bytesOut: number;
  /** Undefined for a call of this server's own services. */
  readonly endedBy?: EndedBy;
}
