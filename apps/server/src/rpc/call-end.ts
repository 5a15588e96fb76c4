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
}
