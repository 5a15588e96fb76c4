import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import type { WebSocketEndpoint } from "../gateway/websocket/websocket-endpoint.ts";
import { parseCallPath, stripBasePath } from "../net/call-path.ts";
import { checkRequest, type GuardRules } from "../net/guard.ts";
import { peerOf } from "../net/peer.ts";
import { readRequestFacts } from "../net/request-facts.ts";

/** What `createUpgradeHandler` needs. */
export interface UpgradeHandlerOptions {
  readonly guard: GuardRules;
  readonly endpoint: WebSocketEndpoint;
  readonly basePath: string;
  readonly log: Logger;
}

/** Answers requests to upgrade to WebSocket. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Creates the handler of WebSocket handshakes: the guard first, then `/gateway/<target>/<Service>/<Method>`. */
export function createUpgradeHandler(options: UpgradeHandlerOptions): UpgradeHandler {
  const { guard, endpoint, basePath, log } = options;
  return (request, socket, head) => {
    // Until the handshake is complete nothing else listens, and a connection that breaks is closed.
    socket.on("error", () => socket.destroy());
    const { method, url: target, headers, rawHeaders } = request;
    const facts = readRequestFacts({ method, target, headers, rawHeaders });
    const refusal = checkRequest(facts, true, guard);
    if (refusal !== undefined) {
      log.warn({ peer: peerOf(request.socket), reason: refusal.error.rawMessage }, "request refused");
      refuse(socket, refusal.httpStatus, refusal.error.rawMessage);
      return;
    }
    const requestPath = stripBasePath(facts.target.split("?", 1)[0] ?? "", basePath);
    const call = parseCallPath(requestPath);
    if (call.path === requestPath) {
      refuse(socket, 404, "WebSocket calls go to /gateway/<target>/<Service>/<Method>");
      return;
    }
    const refused = endpoint.accept({ request, socket, head, target: call.target, path: call.path });
    if (refused !== undefined) {
      refuse(socket, refused.status, refused.text);
    }
  };
}

function refuse(socket: Duplex, status: number, text: string): void {
  const body = `${text}\n`;
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "connection: close",
      "content-type: text/plain; charset=utf-8",
      "x-content-type-options: nosniff",
      `content-length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}
