import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { expect, it, onTestFinished } from "vitest";
import { floodCountOf, floodEnvelope as message } from "./flood-workload.ts";
import { readFlood } from "./read-flood.ts";

const trailers = encodeEnvelope(0x80, Buffer.from("grpc-status: 0\r\n"));

/** Reads a flood of two messages from a server that answers a count of messages so. */
async function readFrom(answer: (count: number) => readonly Uint8Array[]): Promise<number> {
  const server = createServer(async (request, response) => {
    response.end(Buffer.concat(answer(floodCountOf(await buffer(request)))));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  return await readFlood({
    origin: `http://127.0.0.1:${port}`,
    prefix: "",
    messages: 2,
    stall: { afterBytes: 1, ms: 0 },
  });
}

it("reads every message that it asked for, and the trailers", async () => {
  expect(await readFrom((count) => [...Array(count).fill(message), trailers])).toBeGreaterThan(0);
});

it.each([
  ["a message is missing", [message, trailers]],
  ["the trailers are missing", [message, message]],
  ["the status is not OK", [message, message, encodeEnvelope(0x80, Buffer.from("grpc-status: 8\r\n"))]],
])("rejects where %s", async (_, body) => {
  await expect(readFrom(() => body)).rejects.toThrow("the flood ended after");
});
