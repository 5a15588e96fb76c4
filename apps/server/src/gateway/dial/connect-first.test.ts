import { createServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openDeafPort } from "../../testing/deaf-port.ts";
import { listenForTest } from "../../testing/test-listener.ts";
import { connectFirst } from "./connect-first.ts";

const signal = new AbortController().signal;

describe("connectFirst()", () => {
  it("opens no second connection where the first address answers", async () => {
    await using server = await listenForTest(createServer(), { host: "0.0.0.0" });
    const socket = await connectFirst(["127.0.0.1", "127.0.0.2"], { port: server.port, signal, attemptDelayMs: 1_000 });
    expect(socket.remoteAddress).toBe("127.0.0.1");
    expect(server.taken()).toBe(1);
    socket.destroy();
  });

  it("goes on to the next address while one does not answer", async () => {
    await using deaf = await openDeafPort();
    await using server = await listenForTest(createServer(), { host: "127.0.0.2", port: deaf.port });
    const socket = await connectFirst(["127.0.0.1", "127.0.0.2"], { port: deaf.port, signal, attemptDelayMs: 10 });
    expect(socket.remoteAddress).toBe("127.0.0.2");
    socket.destroy();
    await server.allClosed();
  });

  it("tries the families by turns, and no address twice", async () => {
    await using server = await listenForTest(createServer(), { host: "127.0.0.3" });
    const addresses = ["127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"];
    const socket = await connectFirst(addresses, { port: server.port, signal });
    expect(socket.remoteAddress).toBe("127.0.0.3");
    socket.destroy();
  });

  it("tries eight addresses at most", async () => {
    await using server = await listenForTest(createServer(), { host: "127.0.0.9" });
    const addresses = Array.from({ length: 9 }, (_, i) => `127.0.0.${i + 1}`);
    await expect(connectFirst(addresses, { port: server.port, signal })).rejects.toMatchObject({
      code: "ECONNREFUSED",
      address: "127.0.0.1",
    });
    expect(server.taken()).toBe(0);
  });

  it("leaves nothing open once it was given up", async () => {
    await using deaf = await openDeafPort();
    const before = openSockets();
    const giveUp = new AbortController();
    const connecting = connectFirst(["127.0.0.1"], { port: deaf.port, signal: giveUp.signal });
    giveUp.abort(new Error("given up"));
    await expect(connecting).rejects.toThrow("given up");
    // A handle is gone at the end of the turn after the one it was closed in.
    await nextTurn();
    await nextTurn();
    expect(openSockets()).toBe(before);
  });
});

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
}
