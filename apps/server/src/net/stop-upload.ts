import type { IncomingMessage, ServerResponse } from "node:http";
import { constants, type Http2ServerResponse, type ServerHttp2Stream } from "node:http2";

/** The most that is read and thrown away of an HTTP/1.1 upload, in bytes; then its connection is closed. */
export const maxDiscardedBytes = 16_777_216;

/**
 * Lets go of what a client still sends though its response is complete. Until it is rid of it, it may wait for flow
 * control for ever and never look at the response. HTTP/2 tells the client to stop (RFC 9113, section 8.1); HTTP/1.1
 * can't, so the rest is read and thrown away (RFC 9112, section 9.3). Called right before the response's `end`.
 */
export function stopUpload(response: ServerResponse | Http2ServerResponse): void {
  if (response.req.complete) {
    return;
  }
  if ("stream" in response) {
    resetUpload(response.stream, response.headersSent);
  } else {
    discardUpload(response.req);
  }
}

function resetUpload(stream: ServerHttp2Stream, headersSent: boolean): void {
  // A header that ends the stream leaves nothing to follow; otherwise Node asks for trailers when the rest is out.
  stream.once(headersSent ? "wantTrailers" : "finish", () => {
    // In the same turn the reset would overtake the trailers.
    setImmediate(() => {
      if (!stream.closed) {
        stream.close(constants.NGHTTP2_NO_ERROR);
      }
    });
  });
}

/** The request's own timeout bounds how long this may take. */
function discardUpload(request: IncomingMessage): void {
  let discarded = 0;
  const discard = () => {
    for (let chunk: Buffer | null = request.read(); chunk !== null; chunk = request.read()) {
      discarded += chunk.byteLength;
    }
    if (discarded > maxDiscardedBytes) {
      request.off("readable", discard);
      request.socket.destroySoon();
    }
  };
  // Whoever read the request before has left it in this mode, in which it never flows by itself.
  request.on("readable", discard);
  discard();
}
