import { createConnectionError } from "../call/broken-connection.ts";
import type { WireMessage } from "../call/wire-message.ts";
import type { WireTap } from "../call/wire-tap.ts";
import { type BodyFollower, type BodyFraming, createBodyFollower } from "./body-follower.ts";
import { createFollowedResponse } from "./followed-response.ts";
import { maxMessageBytes as defaultMaxMessageBytes } from "./max-message-bytes.ts";

/** What a tapped fetch works with. */
export interface TappedFetchOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly framing: BodyFraming;
  /** What the messages are. */
  readonly format: WireMessage["format"];
  /** Is told what goes over the wire. */
  readonly tap: WireTap;
  /** The longest message that is taken, in bytes. Default 64 MiB. A longer one is `RESOURCE_EXHAUSTED`. */
  readonly maxMessageBytes?: number;
}

/**
 * Creates a fetch for the transports of connect-web that tells a tap of headers, messages and trailers as they pass.
 * Response bodies stream through as fast as they are read. A network failure is an error caused by
 * `BrokenConnection`, and so is an enveloped body that ends before the call's status.
 */
export function createTappedFetch(options: TappedFetchOptions): typeof globalThis.fetch {
  const { fetch, framing, format, tap, maxMessageBytes = defaultMaxMessageBytes } = options;
  return async function tappedFetch(input, init) {
    const signal = init?.signal;
    tap.requestStarted();
    const response = await fetch(input, init).catch(rethrow("the server can't be reached", signal));
    tellRequest(init?.body, options);
    tap.accepted();
    tap.responseHeaders([...response.headers], response.status);
    const follower = createBodyFollower(response, { framing, format, tap, maxMessageBytes });
    return createFollowedResponse(response, followBody(response, follower, signal), follower.whole);
  };
}

function rethrow(message: string, signal: AbortSignal | null | undefined): (error: unknown) => never {
  return (error) => {
    throw signal?.aborted === true ? error : createConnectionError(message, error);
  };
}

/** The length of what stands before an envelope's payload. */
const prefixLength = 5;

/** Connect-web sends each request as bytes, or, by GET, without a body. */
function tellRequest(body: BodyInit | null | undefined, { framing, format, tap }: TappedFetchOptions): void {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  const [flags, payload] = framing === "body" ? [undefined, bytes] : [bytes[0], bytes.subarray(prefixLength)];
  tap.requestMessage({ flags, carriedBytes: payload.byteLength, payload, format, compression: undefined });
}

function followBody(
  { body }: Response,
  follower: BodyFollower,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();

  async function pull(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> {
    const result = await reader?.read().catch(rethrow("the connection broke before the call's status came", signal));
    if (result?.value === undefined) {
      follower.end();
      controller.close();
      return;
    }
    try {
      follower.chunk(result.value);
    } catch (error) {
      reader?.cancel(error).catch(ignore);
      throw error;
    }
    controller.enqueue(result.value);
  }

  // Nothing is read ahead: the network waits for the reader.
  return new ReadableStream({ pull, cancel: (reason) => reader?.cancel(reason) }, { highWaterMark: 0 });
}

function ignore(): void {}
