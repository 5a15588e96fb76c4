import { connect } from "node:net";
import type { Dial } from "../gateway/dial/dial.ts";

/** Dials a port of this machine in plain text, as long as the signal lets it. */
export function createLoopbackDial(port: number): Dial {
  return ({ signal, onStage }) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port, noDelay: true });
      const giveUp = () => void socket.destroy(new Error("the dialling was given up"));
      signal.addEventListener("abort", giveUp);
      socket.once("error", reject);
      socket.once("connect", () => {
        signal.removeEventListener("abort", giveUp);
        socket.off("error", reject);
        onStage?.("connect", `127.0.0.1:${port}`);
        resolve({ socket, alpn: undefined });
      });
    });
}
