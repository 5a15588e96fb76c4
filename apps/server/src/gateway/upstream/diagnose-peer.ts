import type { Socket } from "node:net";
import type { Dial } from "../dial/dial.ts";

/** What a server turned out to speak that did not answer HTTP/2 in plain text. */
export type PeerDiagnosis = "tls" | "http1" | "unknown";

/** How long a server may take to answer a question, in milliseconds. */
const answerTimeoutMs = 2_000;

/**
 * Finds out what a server speaks by what it answers, on connections of their own: first to the beginning of TLS, then to
 * a request of HTTP/1.1. In this order, since servers of TLS like to answer HTTP/1.1 in plain text that it is wrong.
 */
export async function diagnosePeer(dial: Dial, signal: AbortSignal): Promise<PeerDiagnosis> {
  for (const question of [clientHello, optionsRequest]) {
    const { socket } = await dial({ alpn: [], signal });
    const answer = await firstBytes(socket, question);
    if (answer[0] === tlsAlert || answer[0] === tlsHandshake) {
      return "tls";
    }
    if (answer.toString("latin1", 0, 5) === "HTTP/") {
      return "http1";
    }
  }
  return "unknown";
}

/** The types of TLS records that a server may begin with (RFC 8446, section 5.1). */
const tlsAlert = 0x15;
const tlsHandshake = 0x16;

const optionsRequest = Buffer.from("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

/** The least ClientHello of TLS 1.2 (RFC 5246, section 7.4.1.2). Its random ends lines, so that nobody waits for more. */
const clientHello = createClientHello();

function createClientHello(): Buffer {
  const version = Buffer.of(3, 3);
  const random = Buffer.from("\r\n\r\n".padEnd(32, "switchboard "));
  const ciphers = Buffer.of(0xc0, 0x2f, 0xc0, 0x2b, 0x00, 0x9c);
  const hello = Buffer.concat([version, random, Buffer.of(0, 0, ciphers.byteLength), ciphers, Buffer.of(1, 0)]);
  const handshake = Buffer.concat([Buffer.of(1, 0, 0, hello.byteLength), hello]);
  return Buffer.concat([Buffer.of(tlsHandshake, 3, 1, 0, handshake.byteLength), handshake]);
}

/** Sends a question, and gives the first bytes of the answer: none where the server closes, or takes too long. */
function firstBytes(socket: Socket, question: Uint8Array): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  const timer = setTimeout(() => void socket.destroy(), answerTimeoutMs);
  socket.on("error", () => {});
  socket.once("data", (chunk: Buffer) => {
    resolve(chunk);
    socket.destroy();
  });
  socket.once("end", () => void socket.destroy());
  socket.once("close", () => {
    clearTimeout(timer);
    resolve(Buffer.alloc(0));
  });
  socket.write(question);
  return promise;
}
