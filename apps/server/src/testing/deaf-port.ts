import { once } from "node:events";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";

/** A port at which connections neither open nor fail. */
export interface DeafPort extends AsyncDisposable {
  readonly port: number;
}

/** More connections than the system keeps for a server that takes none. */
const fillers = 8;

const deafServer = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:net").createServer();
  server.listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** Listens at 127.0.0.1 in a thread that stands still, and fills the queue of connections that it never takes. */
export async function openDeafPort(): Promise<DeafPort> {
  const worker = new Worker(deafServer, { eval: true });
  const [port]: number[] = await once(worker, "message");
  const sockets = Array.from({ length: fillers }, () => connect({ host: "127.0.0.1", port: port ?? 0 }));
  for (const socket of sockets) {
    socket.on("error", () => {});
  }
  await Promise.race(sockets.map((socket) => once(socket, "connect")));
  return {
    port: port ?? 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await worker.terminate();
    },
  };
}
