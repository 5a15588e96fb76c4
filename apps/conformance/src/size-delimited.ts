/** Reads messages that each have their length before them, as four bytes in big-endian order, to the end of the input. */
export async function* readAllSizeDelimited(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  for await (const chunk of input) {
    bytes = Buffer.concat([bytes, chunk]);
    for (let end = endOfFirst(bytes); end <= bytes.length; end = endOfFirst(bytes)) {
      yield bytes.subarray(4, end);
      bytes = bytes.subarray(end);
    }
  }
  if (bytes.length > 0) {
    throw new Error(`the input ended after ${bytes.length} bytes, within a message`);
  }
}

/** Reads one such message, and leaves what follows it unread. */
export async function readSizeDelimited(input: AsyncIterable<Buffer>): Promise<Buffer> {
  for await (const message of readAllSizeDelimited(input)) {
    return message;
  }
  throw new Error("the input ended without a message");
}

function endOfFirst(bytes: Buffer): number {
  return bytes.length < 4 ? Number.POSITIVE_INFINITY : 4 + bytes.readUInt32BE(0);
}

/** Writes one message with its length before it. */
export function writeSizeDelimited(output: NodeJS.WritableStream, message: Uint8Array): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.byteLength);
  output.write(length);
  output.write(message);
}
