/** The text of each message of the unpaced stream. */
export const streamText = "send 1 ada";

/** Reads off a request's data how many messages the unpaced stream is to have. */
export function countOf(data: string): number {
  return Number(data);
}

/** `TestClientRecvStream` without its pace: as many small messages as the request asks for. */
export async function* unpacedStream({ data }: { readonly data: string }): AsyncGenerator<{ result: string }> {
  const count = countOf(data);
  for (let i = 0; i < count; i++) {
    yield { result: streamText };
  }
}
