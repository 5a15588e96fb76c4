import { connect, constants } from "node:http2";
import { describe, expect, it } from "vitest";
import { openRawSocket } from "../testing/raw-socket.ts";
import { startTestApp } from "../testing/start-test-app.ts";
import { maxDiscardedBytes } from "./http1-exchange.ts";

const path = "/test.demo/TestClientSendStream";
const contentType = "application/connect+json";

/** The start of a message of 1 GiB, which is refused as soon as its length is known. */
const tooLong = Uint8Array.of(0, 0x40, 0, 0, 0);

/** More than both kernels' buffers hold, so that it can't be sent unless the server reads it. */
const rest = new Uint8Array(12 * 1024 * 1024);

function head(port: number, length: number): string {
  const fields = [`host: localhost:${port}`, `content-type: ${contentType}`, `content-length: ${length}`];
  return `POST ${path} HTTP/1.1\r\n${fields.join("\r\n")}\r\n\r\n`;
}

describe("an upload that goes on after its call has been answered", () => {
  it("is thrown away over HTTP/1.1, and the connection serves the next request", async () => {
    await using server = await startTestApp();
    using socket = await openRawSocket(server.port);
    socket.write(head(server.port, tooLong.byteLength + rest.byteLength));
    socket.write(tooLong);
    await socket.received("resource_exhausted");
    socket.write(rest);
    socket.write(`GET /healthz HTTP/1.1\r\nhost: localhost:${server.port}\r\n\r\n`);
    expect(await socket.received('{"status":"ok"}')).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  });

  it("is cut over HTTP/1.1 where there is too much of it", async () => {
    await using server = await startTestApp();
    using socket = await openRawSocket(server.port);
    socket.write(head(server.port, maxDiscardedBytes * 4));
    socket.write(tooLong);
    await socket.received("resource_exhausted");
    socket.write(new Uint8Array(maxDiscardedBytes * 2));
    expect(await socket.closed()).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  });

  it("is cut over HTTP/1.1 where it stops before its end", async () => {
    await using server = await startTestApp({ flags: ["--request-timeout", "200ms"] });
    using socket = await openRawSocket(server.port);
    socket.write(head(server.port, rest.byteLength));
    socket.write(tooLong);
    expect(await socket.closed()).toContain("resource_exhausted");
  });

  it("is stopped over HTTP/2 by a reset without an error", async () => {
    await using server = await startTestApp();
    const session = connect(server.baseUrl);
    const stream = session.request({ ":method": "POST", ":path": path, "content-type": contentType });
    stream.write(tooLong);
    // More than the flow control of a stream lets through, and less than a session of Node's client can hold.
    stream.write(new Uint8Array(1024 * 1024));
    let received = "";
    stream.on("data", (chunk) => {
      received += chunk;
    });
    const code = await new Promise((resolve) => stream.once("close", () => resolve(stream.rstCode)));
    expect(received).toContain("resource_exhausted");
    expect(code).toBe(constants.NGHTTP2_NO_ERROR);
    session.destroy();
  });
});
