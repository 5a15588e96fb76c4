import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createSpareSockets } from "./spare-sockets.ts";

/** Opens a connection to a server that says nothing. */
async function openSocket(): Promise<Socket> {
  const server = createServer((socket) => void socket.on("error", () => {}).resume());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  onTestFinished(async () => {
    socket.destroy();
    server.close();
    await once(server, "close");
  });
  return socket;
}

describe("createSpareSockets()", () => {
  it("gives each connection once", async () => {
    const spare = createSpareSockets(1_000);
    const socket = await openSocket();
    spare.add(socket);
    expect(spare.take()).toBe(socket);
    expect(spare.take()).toBeUndefined();
  });

  it("closes what nobody takes, and leaves alone what was taken", async () => {
    const [left, taken] = [await openSocket(), await openSocket()];
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const spare = createSpareSockets(1_000);
    spare.add(taken);
    spare.take();
    spare.add(left);
    vi.advanceTimersByTime(1_000);
    expect(left.destroyed).toBe(true);
    expect(taken.destroyed).toBe(false);
    expect(spare.take()).toBeUndefined();
  });

  it("closes all with it", async () => {
    const spare = createSpareSockets(1_000);
    const socket = await openSocket();
    spare.add(socket);
    spare.close();
    expect(socket.destroyed).toBe(true);
    await once(socket, "close");
  });
});
