import { statusName } from "@switchboard/wire/status-name.ts";
import type { Logger } from "pino";
import { createLineLog } from "../log/create-line-log.ts";
import type { CallEnd } from "./call-end.ts";
import type { CallForm } from "./call-form.ts";

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
  const lines = createLineLog(logger);
  return (line, fault) => {
    if (fault === undefined) {
      lines.write(fieldsOf(line));
    } else {
      logger.error({ ...line, err: fault }, "call");
    }
  };
}

/** The peer and the names of protocols and statuses have no character that JSON would escape. */
function fieldsOf({ method, protocol, peer, status, httpStatus, durationMs, bytesIn, bytesOut }: CallLine): string {
  const http = httpStatus === undefined ? "" : `,"httpStatus":${httpStatus}`;
  const call = `"method":${quote(method)},"protocol":"${protocol}","peer":"${peer}","status":"${status}"${http}`;
  return `${call},"durationMs":${durationMs},"bytesIn":${bytesIn},"bytesOut":${bytesOut},"msg":"call"`;
}

/** A path is the client's to choose. */
function quote(path: string): string {
  return /^[\w./]*$/.test(path) ? `"${path}"` : JSON.stringify(path);
}

/** What a line tells of a call from its beginning. */
export interface LineFacts {
  readonly path: string;
  readonly carrier: "http" | "websocket";
  /** Undefined where the request is no call. */
  readonly form: CallForm | undefined;
  /** Read at the beginning: a connection that is gone has no address any more. */
  readonly peer: string;
  /** When the call began, as `performance.now()` has it. */
  readonly started: number;
}

/** Writes the line of a call that has just ended. */
export function logCall(log: CallLog, { path, carrier, form, peer, started }: LineFacts, end: CallEnd): void {
  const status = statusName(end.code);
  const protocol = carrier === "websocket" ? carrier : (form?.protocol.name ?? "unknown");
  const durationMs = Math.round((performance.now() - started) * 1000) / 1000;
  const { httpStatus, bytesIn, bytesOut, fault } = end;
  const line: CallLine =
    httpStatus === 200
      ? { method: path, protocol, peer, status, durationMs, bytesIn, bytesOut }
      : { method: path, protocol, peer, status, httpStatus, durationMs, bytesIn, bytesOut };
  log(line, fault);
}
