import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { createEnvelopeReader } from "@switchboard/wire/envelope-reader.ts";

/** What a gRPC-Web server answered in its text form. */
export interface TextAnswer {
  readonly contentType: string;
  /** The payloads of the messages. */
  readonly messages: readonly Uint8Array[];
  /** The block of trailers, as it was written. */
  readonly trailers: string;
}

const textType = "application/grpc-web-text";
const trailerFlag = 0x80;

/** Makes a call with one request in the text form of gRPC-Web, which no client here has, byte by byte. */
export async function callInText(url: string, request: Uint8Array): Promise<TextAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": textType, accept: textType, "x-grpc-web": "1" },
    body: Buffer.from(encodeEnvelope(0, request)).toString("base64"),
  });
  const messages: Uint8Array[] = [];
  let trailers = "";
  const read = createEnvelopeReader(
    ({ flags, payload = new Uint8Array() }) => {
      if (flags === trailerFlag) {
        trailers = Buffer.from(payload).toString("latin1");
      } else {
        messages.push(payload);
      }
    },
    { keepPayload: () => true },
  );
  // The body is a row of base64 texts, each with padding of its own.
  for (const [text] of (await response.text()).matchAll(/[^=]+=*/g)) {
    read(Buffer.from(text, "base64"));
  }
  return { contentType: response.headers.get("content-type") ?? "", messages, trailers };
}
