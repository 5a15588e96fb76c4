import { Code, ConnectError } from "@connectrpc/connect";
import type { CompressionName } from "../call/call-options.ts";
import { joinBytes } from "./join-bytes.ts";

/** Compresses one message by itself, as all protocols want it. */
export async function compress(name: CompressionName, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { chunks } = await run(new CompressionStream(name), bytes, Number.POSITIVE_INFINITY);
  return joinBytes(chunks);
}

/**
 * Decompresses one message, and stops at the limit, however much would come after it.
 *
 * @throws ConnectError with `RESOURCE_EXHAUSTED` for a message over the limit, and with `INTERNAL` for bytes that are not
 * compressed like this
 */
export async function decompress(
  name: CompressionName,
  bytes: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { chunks, length } = await run(new DecompressionStream(name), bytes, maxBytes).catch((cause: unknown) => {
    const message = `the server sent a message of ${bytes.byteLength} bytes that is not compressed with ${name}`;
    throw new ConnectError(message, Code.Internal, undefined, undefined, cause);
  });
  if (length > maxBytes) {
    throw new ConnectError(
      `the response message of ${bytes.byteLength} bytes, compressed with ${name}, holds ${length} bytes or more, which is ` +
        `over the page's limit of ${maxBytes}; ask for less at a time, or raise the limit in the call's options`,
      Code.ResourceExhausted,
    );
  }
  return joinBytes(chunks);
}

interface Outcome {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  /** That of all chunks together; over the limit where there would have been more. */
  readonly length: number;
}

async function run(
  { readable, writable }: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
  maxBytes: number,
): Promise<Outcome> {
  // A fault comes out at the readable side too.
  writePieces(writable.getWriter(), bytes).catch(ignore);
  const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = readable.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
    chunks.push(value);
    length += value.byteLength;
    if (length > maxBytes) {
      reader.cancel().catch(ignore);
      break;
    }
  }
  return { chunks, length };
}

/** A browser decompresses all of a piece before it gives any of it: these become 16 MiB at the very most. */
const pieceBytes = 16_384;

type PieceWriter = ReturnType<CompressionStream["writable"]["getWriter"]>;

async function writePieces(writer: PieceWriter, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
    await writer.ready;
    // The platform's types want memory that is not shared, which no message is.
    writer.write(bytes.subarray(at, at + pieceBytes) as Uint8Array<ArrayBuffer>).catch(ignore);
  }
  await writer.close();
}

function ignore(): void {}
