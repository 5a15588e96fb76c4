/** Reads one message that has its length before it, as four bytes in big-endian order. */
export async function readSizeDelimited(input: AsyncIterable<Buffer>): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of input) {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.length < 4 ? Number.POSITIVE_INFINITY : 4 + bytes.readUInt32BE(0);
    if (bytes.length >= end) {
      return bytes.subarray(4, end);
    }
  }
  throw new Error(`the input ended after ${bytes.length} bytes, within a message`);
}

/** Writes one message with its length before it, as four bytes in big-endian order. */
export function writeSizeDelimited(output: NodeJS.WritableStream, message: Uint8Array): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.byteLength);
  output.write(length);
  output.write(message);
}
