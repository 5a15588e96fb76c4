import { statusName } from "@switchboard/wire/status-name.ts";
import type { Logger } from "pino";
import { createLineLog } from "../log/create-line-log.ts";
import type { CallEnd, EndedBy } from "./call-end.ts";
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
  /** The name of the target that the call went to; undefined for this server's own services. */
  readonly target?: string;
  /** Who ended a call to a target. */
  readonly endedBy?: EndedBy;
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
function fieldsOf(line: CallLine): string {
  const { method, protocol, peer, status, httpStatus, durationMs, bytesIn, bytesOut, target, endedBy } = line;
  const http = httpStatus === undefined ? "" : `,"httpStatus":${httpStatus}`;
  const carried = target === undefined ? "" : `,"target":${quote(target)},"endedBy":"${endedBy}"`;
  const call = `"method":${quote(method)},"protocol":"${protocol}","peer":"${peer}","status":"${status}"${http}`;
  return `${call},"durationMs":${durationMs},"bytesIn":${bytesIn},"bytesOut":${bytesOut}${carried},"msg":"call"`;
}

/** A path is the client's to choose, and so is the name of a target that there isn't. */
function quote(text: string): string {
  return /^[\w./-]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
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
  /** The name of the target that the call goes to; undefined for this server's own services. */
  readonly target?: string;
}

/** Writes the line of a call that has just ended. */
export function logCall(log: CallLog, facts: LineFacts, end: CallEnd): void {
  const { path, carrier, form, peer, started, target } = facts;
  const status = statusName(end.code);
  const protocol = carrier === "websocket" ? carrier : (form?.protocol.name ?? "unknown");
  const durationMs = Math.round((performance.now() - started) * 1000) / 1000;
  const { httpStatus, bytesIn, bytesOut, fault, endedBy } = end;
  const line: CallLine =
    httpStatus === 200
      ? { method: path, protocol, peer, status, durationMs, bytesIn, bytesOut, target, endedBy }
      : { method: path, protocol, peer, status, httpStatus, durationMs, bytesIn, bytesOut, target, endedBy };
  log(line, fault);
}
