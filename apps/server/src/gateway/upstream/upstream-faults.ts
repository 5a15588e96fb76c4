import { Code } from "@connectrpc/connect";
import type { UpstreamFault } from "./upstream-fault.ts";

/** A server that closes the connection, or it broke, with calls under way. */
export const connectionLost: UpstreamFault = {
  code: Code.Unavailable,
  message: "the connection to the server was lost before the call was over",
  endedBy: "upstream",
  kind: "connection-lost",
};

/** A server that closes the connection at once, where TLS shows that it is one. */
export const closedBeforeSettings: UpstreamFault = {
  code: Code.Unavailable,
  message: "the server closed the connection before it sent its HTTP/2 SETTINGS; see its log for the reason",
  endedBy: "upstream",
  kind: "connection-lost",
};

/** A server that no longer answers on a connection that was fine. */
export const pingUnanswered: UpstreamFault = {
  code: Code.Unavailable,
  message: "the server no longer answers: a PING went unanswered, so the connection was given up",
  endedBy: "upstream",
  kind: "connection-lost",
};

/** A server that has said GOAWAY without an error. */
export const wentAway: UpstreamFault = {
  code: Code.Unavailable,
  message: "the server closed the connection with GOAWAY before it looked at the call",
  endedBy: "upstream",
  kind: "went-away",
};

/** A server that finds our keepalive too frequent. */
export const tooManyPings: UpstreamFault = {
  code: Code.Unavailable,
  message:
    "the server closed the connection because of too many PINGs; the interval was doubled, set a longer keepalive for this target",
  endedBy: "upstream",
  kind: "too-many-pings",
};

/** What breaks a session is a field or a header block that is too long, in most cases; Node does not tell. */
export const headerTooLarge: UpstreamFault = {
  code: Code.Internal,
  message:
    "the server sent a field of more than 64 KiB or a header block of more than 128 KiB, or broke the rules of HTTP/2 otherwise, so the connection was given up; have it send less metadata",
  endedBy: "gateway",
  kind: "header-too-large",
};

/** A server that breaks the rules of HTTP/2 from the start. */
export const brokeHttp2: UpstreamFault = {
  code: Code.Internal,
  message: "the server broke the rules of HTTP/2, so the connection was given up",
  endedBy: "gateway",
  kind: "protocol-error",
};

/** A server that breaks the rules of HTTP/1.1. */
export const brokeHttp1: UpstreamFault = {
  code: Code.Internal,
  message: "the server's answer is not HTTP/1.1",
  endedBy: "gateway",
  kind: "protocol-error",
};

/** A server that accepts connections and then says nothing on them, or less than it has to. */
export function silentPeer(waitedMs: number): UpstreamFault {
  return {
    code: Code.Unavailable,
    message: `the server accepted the connection and then did not exchange HTTP/2 SETTINGS for ${waitedMs} ms; see whether it hangs, or whether another program has this port`,
    endedBy: "upstream",
    kind: "silent-peer",
    parameters: { waitedMs: `${waitedMs}` },
  };
}

/** A server that wants TLS and was dialled without. */
export const tlsPortInPlaintext: UpstreamFault = {
  code: Code.Unavailable,
  message: "the server expects TLS and was dialled in plain text; use https:// in its address",
  endedBy: "upstream",
  kind: "tls-port-in-plaintext",
};

/** A server of HTTP/1.1, which can't carry gRPC. */
export const speaksHttp1: UpstreamFault = {
  code: Code.Unavailable,
  message:
    "the server speaks HTTP/1.1, and gRPC needs HTTP/2; use the port that gRPC is served on, or call it by Connect or gRPC-Web",
  endedBy: "upstream",
  kind: "speaks-http1",
};

/** A server in TLS that did not choose `h2` by ALPN. */
export const noAlpnH2: UpstreamFault = {
  code: Code.Unavailable,
  message:
    "the server did not choose HTTP/2 (h2) by ALPN, and gRPC needs it; enable h2 in its TLS settings, or call it by Connect or gRPC-Web",
  endedBy: "upstream",
  kind: "no-alpn-h2",
};

/** A server that speaks neither HTTP/2, nor HTTP/1.1, nor TLS. */
export const speaksNoHttp: UpstreamFault = {
  code: Code.Unavailable,
  message:
    "the server closed the connection or answered before its HTTP/2 SETTINGS, and in no protocol that is known here; see whether this is the port that gRPC is served on",
  endedBy: "upstream",
  kind: "speaks-no-http",
};

/** Too many calls wait for room on the connections to a server. */
export function queueFull(limit: number): UpstreamFault {
  return {
    code: Code.ResourceExhausted,
    message: `${limit} calls wait for the server already, the limit; call less at a time, or let it take more concurrent streams`,
    endedBy: "gateway",
    kind: "queue-full",
    parameters: { limit: `${limit}` },
  };
}

/** A call that waited too long for room. */
export function queueTimeout(waitedMs: number): UpstreamFault {
  return {
    code: Code.Unavailable,
    message: `the call waited ${waitedMs} ms for room on a connection to the server; call less at a time, or let it take more concurrent streams`,
    endedBy: "gateway",
    kind: "queue-timeout",
    parameters: { waitedMs: `${waitedMs}` },
  };
}

/** A deadline that passed while the call waited for a connection. */
export const deadlinePassedWaiting: UpstreamFault = {
  code: Code.DeadlineExceeded,
  message: "the deadline passed while the call waited for a connection to the server",
  endedBy: "gateway",
  kind: "deadline",
};

/** A target that was changed or removed, or a gateway that stops. */
export const upstreamClosed: UpstreamFault = {
  code: Code.Unavailable,
  message: "the target was changed or removed, or the gateway stops; call again",
  endedBy: "gateway",
  kind: "closed",
};

/** A request that can't be written as HTTP. */
export const unsendableRequest: UpstreamFault = {
  code: Code.Internal,
  message: "the request has a field that HTTP does not allow, and was not sent",
  endedBy: "gateway",
  kind: "protocol-error",
};
