import { describe, expect, it } from "vitest";
import { openRawSocket } from "../testing/raw-socket.ts";
import { startTestApp } from "../testing/start-test-app.ts";

const frameTypes = { headers: 1, settings: 4, ping: 6 } as const;
const endHeaders = 4;

/** A frame of HTTP/2 (RFC 9113, section 4.1). */
function frame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.byteLength, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A field as a literal without indexing and without Huffman coding (RFC 7541, section 6.2.2). */
function field(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.of(0, name.length), Buffer.from(name), Buffer.of(value.length), Buffer.from(value)]);
}

describe("an HTTP/2 connection with an open call", () => {
  it("is cut when its client does not answer a ping", async () => {
    await using server = await startTestApp({ flags: ["--idle-timeout", "50ms"] });
    using socket = await openRawSocket(server.port);
    const header = Buffer.concat([
      field(":method", "POST"),
      field(":scheme", "http"),
      field(":path", "/test.demo/TestTwoWayStream"),
      field(":authority", `localhost:${server.port}`),
      field("content-type", "application/grpc"),
    ]);
    socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    socket.write(frame(frameTypes.settings, 0, 0, new Uint8Array()));
    socket.write(frame(frameTypes.headers, endHeaders, 1, header));
    const received = Buffer.from(await socket.closed(), "latin1");
    expect(received.includes(Buffer.of(0, 0, 8, frameTypes.ping, 0))).toBe(true);
    expect((await server.logged({ method: "/test.demo/TestTwoWayStream" })).status).toBe("CANCELLED");
  });
});
