import { constants } from "node:http2";
import { Code } from "@connectrpc/connect";
import type { AttemptEnd } from "./attempt.ts";
import type { UpstreamFault } from "./upstream-fault.ts";
import { connectionLost, tooManyPings, wentAway } from "./upstream-faults.ts";

/** What is known of a stream when it closes. */
export interface StreamEnd {
  /** Undefined where the stream was never opened. */
  readonly id: number | undefined;
  /** The code of the reset; 0 also where there was none. */
  readonly resetCode: number;
  readonly hasHead: boolean;
  /** Whether the trailers came, or a head that ends the response. */
  readonly isComplete: boolean;
  readonly isPastDeadline: boolean;
  readonly session: SessionEnd;
}

/** What is known of a stream's session when the stream closes. */
export interface SessionEnd {
  /** Whether it is gone, with all its streams. */
  readonly isLost: boolean;
  /** What broke it, where that is known. */
  readonly fault: UpstreamFault | undefined;
  readonly goaway: Goaway | undefined;
}

/** A GOAWAY that was received (RFC 9113, section 6.8). */
export interface Goaway {
  readonly code: number;
  /** The last stream that the server looked at, or may have. */
  readonly lastStreamId: number;
  /** Whether it complains of our keepalive. */
  readonly isTooManyPings: boolean;
}

const complete: AttemptEnd = { fault: undefined, isUntouched: false };

/**
 * Decides how a stream ended, from what Node tells by its close: Node ends the body of a stream that was cut off as if
 * it were whole, and reports a lost connection as a `CANCEL`. A reset with `NO_ERROR` behind a head can't be told from
 * an end of the body, so whether a status is missing is for those to say who know the protocol.
 */
export function decideEnd({ id, resetCode, hasHead, isComplete, isPastDeadline, session }: StreamEnd): AttemptEnd {
  if (isComplete) {
    return complete;
  }
  const isBeyondGoaway = id === undefined || (session.goaway !== undefined && id > session.goaway.lastStreamId);
  if (isBeyondGoaway) {
    const fault = session.goaway === undefined ? connectionLost : goawayFault(session.goaway);
    return { fault, isUntouched: true };
  }
  if (session.isLost) {
    const { fault, goaway } = session;
    return { fault: fault ?? (goaway === undefined ? connectionLost : goawayFault(goaway)), isUntouched: false };
  }
  if (resetCode === constants.NGHTTP2_NO_ERROR && hasHead) {
    return complete;
  }
  if (resetCode === constants.NGHTTP2_CANCEL && isPastDeadline) {
    return { fault: deadlineAtServer, isUntouched: false };
  }
  return { fault: resetFault(resetCode), isUntouched: resetCode === constants.NGHTTP2_REFUSED_STREAM };
}

function goawayFault({ code, isTooManyPings }: Goaway): UpstreamFault {
  if (isTooManyPings) {
    return tooManyPings;
  }
  if (code === constants.NGHTTP2_NO_ERROR) {
    return wentAway;
  }
  const name = nameOfCode(code);
  return {
    code: Code.Unavailable,
    message: `the server closed the connection with GOAWAY ${name}`,
    endedBy: "upstream",
    kind: "went-away",
    parameters: { code: name },
  };
}

/** A server that gives up a call whose deadline has passed resets it with CANCEL. */
const deadlineAtServer: UpstreamFault = {
  code: Code.DeadlineExceeded,
  message: "the server gave the call up after its deadline",
  endedBy: "upstream",
  kind: "deadline",
};

/** The fault for a stream that was reset, by gRPC's mapping of HTTP/2 error codes (PROTOCOL-HTTP2.md, "Errors"). */
function resetFault(resetCode: number): UpstreamFault {
  const name = nameOfCode(resetCode);
  return {
    code: codeOfReset(resetCode),
    message: `the stream was reset with ${name}`,
    endedBy: "upstream",
    kind: resetCode === constants.NGHTTP2_PROTOCOL_ERROR ? "protocol-error" : "reset",
    parameters: { code: name },
  };
}

function codeOfReset(resetCode: number): Code {
  switch (resetCode) {
    case constants.NGHTTP2_REFUSED_STREAM:
      return Code.Unavailable;
    case constants.NGHTTP2_CANCEL:
      return Code.Canceled;
    case constants.NGHTTP2_ENHANCE_YOUR_CALM:
      return Code.ResourceExhausted;
    case constants.NGHTTP2_INADEQUATE_SECURITY:
      return Code.PermissionDenied;
    default:
      return Code.Internal;
  }
}

/** The names of RFC 9113, section 7, by their codes. */
const codeNames = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
  "INADEQUATE_SECURITY",
  "HTTP_1_1_REQUIRED",
] as const;

function nameOfCode(code: number): string {
  return codeNames[code] ?? `code ${code}`;
}
