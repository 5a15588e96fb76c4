import type { Socket } from "node:net";
import type { FrameConnection } from "../frame-connection.ts";
import { type FrameServer, requestHead, startFrameServer } from "../frame-server.ts";
import type { RandomAnswer } from "./arbitrary-answer.ts";

/** Starts a server that answers each call with the next of these, and none once they are used up. */
export function startRandomUpstream(next: () => RandomAnswer | undefined): Promise<FrameServer> {
  return startFrameServer({ settings: [], onConnection: (connection, socket) => void serve(connection, socket, next) });
}

async function serve(connection: FrameConnection, socket: Socket, next: () => RandomAnswer | undefined): Promise<void> {
  for (let stream = 1; ; stream += 2) {
    try {
      await requestHead(connection, stream);
    } catch {
      // The client has given the connection up.
      return;
    }
    const answer = next();
    if (answer === undefined) {
      return;
    }
    await connection.write(answer.bytes(stream));
    if (answer.end === "end") {
      socket.end();
    } else if (answer.end === "break") {
      socket.resetAndDestroy();
    }
  }
}
