import type { Logger } from "pino";

/** What the log tells of one call: no message and no value of its metadata. */
export interface CallLine {
  /** `/package.Service/Method`, as the client wrote it. */
  readonly method: string;
  readonly protocol: "connect" | "grpc" | "grpc-web" | "websocket" | "unknown";
  /** The client's address and port. */
  readonly peer: string;
  /** The name of the gRPC status. */
  readonly status: string;
  /** The HTTP status, where that isn't 200. */
  readonly httpStatus?: number;
  readonly durationMs: number;
  /** Bytes of the request's body. */
  readonly bytesIn: number;
  /** Bytes of the response's body. */
  readonly bytesOut: number;
}

/** Writes the line of a call that has ended; `fault` is what a service threw that the caller doesn't get to see. */
export type CallLog = (line: CallLine, fault: unknown) => void;

/** Creates the log of calls. A fault is logged whole, as an error. */
export function createCallLog(logger: Logger): CallLog {
  return (line, fault) => {
    if (fault === undefined) {
      logger.info(line, "call");
    } else {
      logger.error({ ...line, err: fault }, "call");
    }
  };
}
