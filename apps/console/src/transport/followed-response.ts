import { Code, ConnectError } from "@connectrpc/connect";
import { joinBytes } from "./join-bytes.ts";

/**
 * Creates a response like another, with another body. As it is meant for connect-web, it differs from the platform's in
 * what that reads: any status can be held, `arrayBuffer()` and `json()` reject with the error that the body's stream
 * failed with (Chromium puts "Failed to fetch" in its place), and JSON that can't be read is an `INVALID_ARGUMENT`.
 *
 * @param onWhole is told the whole body where it is read by those two
 */
export function createFollowedResponse(
  { status, headers }: Response,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onWhole: (bytes: Uint8Array) => Promise<void>,
): Response {
  const readWhole = async () => {
    const bytes = await collect(body);
    await onWhole(bytes);
    return bytes;
  };
  // The constructor takes no status outside of 200 to 599, and none that goes without a body.
  return Object.defineProperties(new Response(body, { headers }), {
    status: { value: status },
    arrayBuffer: { value: async () => toBuffer(await readWhole()) },
    json: { value: async () => parseJson(await readWhole(), status) },
  });
}

/** The memory of just these bytes. */
function toBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

function parseJson(bytes: Uint8Array, status: number): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    if (status !== 200) {
      // No error of Connect's, so that the HTTP status tells what happened.
      return null;
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the response is not JSON: ${reason}`;
    throw new ConnectError(message, Code.InvalidArgument, undefined, undefined, cause);
  }
}

async function collect(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
    chunks.push(value);
  }
  return joinBytes(chunks);
}
