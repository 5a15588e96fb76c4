import type { ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { stopUpload } from "./stop-upload.ts";

/** A response of HTTP/1.1 or HTTP/2. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/**
 * Writes a response, waiting for a client that reads slowly. When the client goes away the body is returned, which stops
 * what produces it. Resolves when all is written or the client has gone; rejects with what the body throws.
 */
export async function writeResponse(response: UniversalServerResponse, target: NodeResponse): Promise<void> {
  const body = response.body?.[Symbol.asyncIterator]();
  const connection = watchConnection(target);
  try {
    let chunk = await body?.next();
    setHead(response, target);
    if (chunk?.done === true && response.trailer !== undefined && !connection.gone()) {
      // Otherwise a response without a body would end with its header, and its trailers be lost.
      flushHead(target);
    }
    while (chunk !== undefined && chunk.done !== true && !connection.gone()) {
      if (!writeChunk(target, chunk.value)) {
        await connection.drained();
      }
      chunk = connection.gone() ? undefined : await body?.next();
    }
    if (!connection.gone()) {
      setTrailers(response, target);
      stopUpload(target);
      target.end();
    }
  } finally {
    connection.release();
    await body?.return?.();
  }
}

function setHead({ status, header }: UniversalServerResponse, target: NodeResponse): void {
  target.statusCode = status;
  // Fields set one by one, not by `writeHead`, let `end` send a response without a body in a single HTTP/2 frame.
  header?.forEach((value, name) => {
    target.setHeader(name, value);
  });
}

function flushHead(target: NodeResponse): void {
  if ("stream" in target) {
    target.writeHead(target.statusCode);
  } else {
    target.flushHeaders();
  }
}

function setTrailers({ trailer }: UniversalServerResponse, target: NodeResponse): void {
  if (trailer !== undefined) {
    target.addTrailers(Object.fromEntries(trailer));
  }
}

function writeChunk(target: NodeResponse, chunk: Uint8Array): boolean {
  // The two classes' overloads of `write` have no call in common for TypeScript, though this one is.
  return "stream" in target ? target.write(chunk) : target.write(chunk);
}

function watchConnection(target: NodeResponse) {
  let gone = target.destroyed === true || target.closed === true;
  let wake: (() => void) | undefined;
  const onClose = () => {
    gone = true;
    wake?.();
  };
  const onDrain = () => wake?.();
  target.on("close", onClose);
  target.on("drain", onDrain);
  target.on("error", onClose);
  return {
    gone: () => gone,
    drained: () => (gone ? Promise.resolve() : new Promise<void>((resolve) => (wake = resolve))),
    release() {
      target.off("close", onClose);
      target.off("drain", onDrain);
    },
  };
}
