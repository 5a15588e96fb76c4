import type { UniversalClientFn } from "@connectrpc/connect/protocol";
import { createEnvelopeReader } from "@switchboard/wire/envelope-reader.ts";
import { createConnectionError } from "../call/broken-connection.ts";
import type { WireTap } from "../call/wire-tap.ts";
import { connectEndFlag, grpcWebTrailerFlag, readEndFields, unaryTrailers } from "./end-fields.ts";

/** How HTTP bodies hold messages: each in an envelope, or one message that is the whole body (Connect's unary calls). */
export type BodyFraming = "envelopes" | "body";

/** What a fetch client works with. */
export interface FetchClientOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly framing: BodyFraming;
  /** Is told what goes over the wire. */
  readonly tap: WireTap;
}

/**
 * Creates an HTTP client on fetch that tells a tap of headers, messages and trailers as they pass. Bodies stream through
 * without being kept. A network failure is an error caused by `BrokenConnection`, and so is an enveloped body that ends
 * before the call's status.
 */
export function createFetchClient({ fetch, framing, tap }: FetchClientOptions): UniversalClientFn {
  return async function fetchClient({ url, method, header, body, signal }) {
    const bytes = body === undefined ? undefined : await collect(body);
    // A browser has its own.
    header.delete("user-agent");
    tap.requestStarted();
    const init = { method, headers: header, body: bytes ?? null, signal: signal ?? null, redirect: "error" } as const;
    const response = await fetch(url, init).catch(rethrow("the server can't be reached", signal));
    tellRequest(bytes, framing, tap);
    tap.accepted();
    tap.responseHeaders([...response.headers], response.status);
    const followed = framing === "envelopes" ? followEnvelopes : followBody;
    return {
      status: response.status,
      header: response.headers,
      trailer: new Headers(),
      body: followed(response, readBody(response, signal), tap),
    };
  };
}

function rethrow(message: string, signal: AbortSignal | undefined): (error: unknown) => never {
  return (error) => {
    throw signal?.aborted === true ? error : createConnectionError(message, error);
  };
}

/** Fetch can't stream a request, so that its messages are put together first. */
async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of body) {
    chunks.push(new Uint8Array(chunk));
  }
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function tellRequest(bytes: Uint8Array | undefined, framing: BodyFraming, tap: WireTap): void {
  if (framing === "body") {
    tap.requestMessage(bytes?.byteLength ?? 0);
  } else if (bytes !== undefined) {
    createEnvelopeReader(({ length }) => tap.requestMessage(length))(bytes);
  }
}

async function* readBody({ body }: Response, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (;;) {
    const result = await reader?.read().catch(rethrow("the connection broke before the call's status came", signal));
    if (result?.value === undefined) {
      return;
    }
    yield result.value;
  }
}

async function* followBody(
  { status, headers }: Response,
  body: AsyncIterable<Uint8Array>,
  tap: WireTap,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    yield chunk;
  }
  if (status === 200) {
    tap.responseMessage(length);
  }
  tap.responseTrailers(unaryTrailers([...headers]));
}

/** The longest end of a stream that is kept to be shown: 64 KiB. */
const maxEndLength = 65_536;
const endFlags = connectEndFlag | grpcWebTrailerFlag;

async function* followEnvelopes(
  { headers }: Response,
  body: AsyncIterable<Uint8Array>,
  tap: WireTap,
): AsyncGenerator<Uint8Array> {
  // gRPC-Web may give its status in the headers, and no body.
  let hasEnded = headers.has("grpc-status");
  const follow = createEnvelopeReader(
    ({ flags, length, payload }) => {
      if ((flags & endFlags) === 0) {
        tap.responseMessage(length);
        return;
      }
      hasEnded = true;
      tap.responseTrailers(payload === undefined ? [] : readEndFields(flags, payload));
    },
    { keepPayload: (flags, length) => (flags & endFlags) !== 0 && length <= maxEndLength },
  );
  for await (const chunk of body) {
    follow(chunk);
    yield chunk;
  }
  if (!hasEnded) {
    throw createConnectionError("the connection ended before the call's status came");
  }
}
