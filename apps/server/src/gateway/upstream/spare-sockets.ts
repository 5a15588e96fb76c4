import type { Socket } from "node:net";

/** Connections that were opened to find out what a server speaks, and that the next calls may take. */
export interface SpareSockets {
  /** Keeps a connection on which nothing was said, for a while. */
  add(socket: Socket): void;
  /** Gives one that is still open; undefined where there is none. */
  take(): Socket | undefined;
  close(): void;
}

/** Creates a store that closes what nobody takes within `idleMs` milliseconds. */
export function createSpareSockets(idleMs: number): SpareSockets {
  /** The sockets, with what lets go of each. */
  const spare = new Map<Socket, () => void>();
  return {
    add(socket) {
      const letGo = () => {
        clearTimeout(timer);
        socket.off("close", letGo);
        spare.delete(socket);
      };
      const timer = setTimeout(() => void socket.destroy(), idleMs);
      socket.once("close", letGo);
      // It is told by its close too, and to the request that takes it.
      socket.on("error", () => {});
      spare.set(socket, letGo);
    },
    take() {
      for (const [socket, letGo] of spare) {
        letGo();
        if (!socket.destroyed) {
          return socket;
        }
      }
      return undefined;
    },
    close() {
      for (const socket of spare.keys()) {
        socket.destroy();
      }
    },
  };
}
