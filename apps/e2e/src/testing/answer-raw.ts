import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";

/** A message as its bytes and as its JSON, neither of which anyone has checked. */
export interface RawMessage {
  readonly binary: Uint8Array;
  /** Default: what no JSON is. */
  readonly json?: string;
}

/** Answers a unary call by a message, in the protocol that it came by: Connect in either codec, gRPC or gRPC-Web. */
export function answerRaw(request: Http2ServerRequest, response: Http2ServerResponse, message: RawMessage): void {
  const type = request.headers["content-type"] ?? "";
  response.setHeader("content-type", type);
  request.resume();
  if (type.startsWith("application/grpc-web")) {
    response.end(Buffer.concat([envelope(0, message.binary), envelope(0x80, Buffer.from("grpc-status: 0\r\n"))]));
  } else if (type.startsWith("application/grpc")) {
    response.addTrailers({ "grpc-status": "0" });
    response.end(envelope(0, message.binary));
  } else {
    response.end(type.startsWith("application/json") ? (message.json ?? "no JSON") : message.binary);
  }
}

/** A message with its flags and length before it (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). */
function envelope(flags: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flags);
  head.writeUInt32BE(payload.byteLength, 1);
  return Buffer.concat([head, payload]);
}
