import { once } from "node:events";
import { createServer as createHttp1, get } from "node:http";
import { connect, createServer as createHttp2 } from "node:http2";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type NodeResponse, writeResponse } from "./write-response.ts";

const chunk = new Uint8Array(65_536);

/** What a client that reads nothing lets a server send: the buffers of Node and of both kernels, generously. */
const mostBuffered = 16 * 1024 * 1024;

/** An endless body that counts what was taken of it. */
function createFlood() {
  const returned = Promise.withResolvers<void>();
  const flood = {
    taken: 0,
    returned: returned.promise,
    body: {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          flood.taken += chunk.byteLength;
          return Promise.resolve({ done: false as const, value: chunk });
        },
        return: () => {
          returned.resolve();
          return Promise.resolve({ done: true as const, value: undefined });
        },
      }),
    },
  };
  return flood;
}

/** Resolves once nothing more was taken for a while of the event loop's turns. */
async function settled(flood: { readonly taken: number }): Promise<void> {
  for (let before = -1; before !== flood.taken; ) {
    before = flood.taken;
    for (let turn = 0; turn < 200; turn++) {
      await new Promise(setImmediate);
    }
  }
}

const servers = [
  {
    name: "HTTP/1.1",
    start: (handle: (response: NodeResponse) => void) => createHttp1((_request, response) => handle(response)),
    open(url: string) {
      const request = get(url, { agent: false });
      request.on("error", () => {});
      request.on("response", (response) => response.pause().on("error", () => {}));
      return () => void request.destroy();
    },
  },
  {
    name: "HTTP/2",
    start: (handle: (response: NodeResponse) => void) => createHttp2((_request, response) => handle(response)),
    open(url: string) {
      const session = connect(url);
      session.request({ ":path": "/" }).pause();
      return () => session.destroy();
    },
  },
];

describe.each(servers)("writeResponse() over $name", ({ start, open }) => {
  it("waits for a client that does not read, and returns the body when it leaves", async () => {
    const flood = createFlood();
    const written = Promise.withResolvers<void>();
    const server = start((response) =>
      writeResponse({ status: 200, body: flood.body }, response).then(written.resolve),
    );
    await once(server.listen(0, "127.0.0.1"), "listening");
    const leave = open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    while (flood.taken === 0) {
      await new Promise(setImmediate);
    }
    await settled(flood);
    expect(flood.taken).toBeLessThan(mostBuffered);
    leave();
    await flood.returned;
    await written.promise;
    server.close();
  });
});
