import { statusName } from "@switchboard/wire/status-name.ts";
import type { Logger } from "pino";
import type { HttpExchange } from "../net/http-exchange.ts";
import type { CallEnd } from "./server-call.ts";
import { wireFormOf } from "./wire-form.ts";

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

/** Writes the line of one call. */
export interface LineWriter {
  readonly write: (end: CallEnd) => void;
}

/** What a line tells of a call from its beginning. */
export interface LineFacts {
  readonly exchange: HttpExchange;
  readonly path: string;
  readonly carrier: "http" | "websocket";
}

/** Creates the writer of the line of a call that begins now. */
export function createLineWriter({ exchange, path, carrier }: LineFacts, log: CallLog): LineWriter {
  const start = performance.now();
  // A connection that is gone has no address any more.
  const { peer } = exchange;
  return {
    write({ code, fault, httpStatus, bytesIn, bytesOut }) {
      const line: CallLine = {
        method: path,
        protocol: carrier === "websocket" ? carrier : protocolOf(exchange),
        peer,
        status: statusName(code),
        ...(httpStatus === 200 ? undefined : { httpStatus }),
        durationMs: Math.round((performance.now() - start) * 1000) / 1000,
        bytesIn,
        bytesOut,
      };
      log(line, fault);
    },
  };
}

function protocolOf({ method, headers, target }: HttpExchange): CallLine["protocol"] {
  const form = wireFormOf({ method, contentType: headers["content-type"] ?? "", target });
  return form === undefined ? "unknown" : form === "grpc" || form === "grpc-web" ? form : "connect";
}
