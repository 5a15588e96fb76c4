import type { Socket } from "node:net";
import { detectHttpVersion } from "./preface.ts";

/** What `sniffSocket` needs. */
export interface SniffOptions {
  /** How long the client may take to show what it speaks, in milliseconds; then the socket is destroyed. */
  readonly timeoutMs: number;
  /** Takes the socket over. Every byte read so far is in its read buffer again. */
  readonly onVersion: (version: "http1" | "http2", socket: Socket) => void;
}

/** Reads the first bytes of a socket, and hands it over once they tell the HTTP version. */
export function sniffSocket(socket: Socket, { timeoutMs, onVersion }: SniffOptions): void {
  let first: Buffer = Buffer.alloc(0);
  const giveUp = () => socket.destroy();
  const timer = setTimeout(giveUp, timeoutMs);
  const stop = () => {
    clearTimeout(timer);
    socket.off("data", onData);
    socket.off("end", giveUp);
    socket.off("close", stop);
  };
  const onData = (chunk: Buffer) => {
    first = first.byteLength === 0 ? chunk : Buffer.concat([first, chunk]);
    const version = detectHttpVersion(first);
    if (version !== undefined) {
      stop();
      socket.pause();
      socket.unshift(first);
      onVersion(version, socket);
    }
  };
  socket.on("data", onData);
  socket.once("end", giveUp);
  socket.once("close", stop);
}
