import { createConnectionError } from "../call/broken-connection.ts";
import type { CallOptions } from "../call/call-options.ts";
import type { WireTap } from "../call/wire-tap.ts";
import { type BodyFollower, createBodyFollower } from "./body-follower.ts";
import { setCompressionFields } from "./compression-fields.ts";
import { createFollowedResponse } from "./followed-response.ts";
import type { HttpCarriage } from "./http-carriage.ts";
import { type PreparedMessage, prepareBody, prepareEnvelope } from "./prepare-message.ts";
import type { ResourceTiming } from "./resource-timing.ts";

/** What a tapped fetch works with. */
export interface TappedFetchOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly carriage: HttpCarriage;
  /** Is told what goes over the wire. */
  readonly tap: WireTap;
  readonly options: CallOptions;
  /** Begins to watch for the browser's timing of a request; left out where there is none. */
  readonly watchTiming?: (url: string) => ResourceTiming;
}

/** How long the browser's timing is waited for once a response has ended, in milliseconds; nothing else waits for it. */
const timingPatienceMs = 1_000;

/**
 * Creates a fetch for the transports of connect-web that tells a tap of headers, messages and trailers as they pass, and
 * that compresses, decompresses and limits messages as the call's options say. Response bodies stream through as fast as
 * they are read. A network failure is an error caused by `BrokenConnection`, and so is an enveloped body that ends before
 * the call's status.
 */
export function createTappedFetch(tapped: TappedFetchOptions): typeof globalThis.fetch {
  const { fetch, carriage, tap, options, watchTiming } = tapped;
  return async function tappedFetch(input, init) {
    const signal = init?.signal;
    const { bytes, message } = await prepareRequest(init?.body, tapped);
    const headers = new Headers(init?.headers);
    setCompressionFields(headers, carriage.compressionFields, options);
    const timing = watchTiming?.(String(input));
    const tellTiming = async () => {
      const times = await timing?.read(timingPatienceMs);
      timing?.stop();
      if (times?.connectedAt !== undefined) {
        tap.connected(times.connectedAt);
      }
    };
    tap.requestStarted();
    const response = await fetch(input, { ...init, headers, body: bytes as Uint8Array<ArrayBuffer> }).catch(
      (error: unknown) => {
        timing?.stop();
        return rethrow("the server can't be reached", signal)(error);
      },
    );
    tap.requestMessage(message);
    tap.accepted();
    tap.responseHeaders([...response.headers], response.status);
    const follower = createBodyFollower(response, { carriage, tap, options, timing });
    const body = followBody(response, { follower, signal, onEnd: tellTiming });
    return createFollowedResponse(response, body, follower.whole);
  };
}

function rethrow(message: string, signal: AbortSignal | null | undefined): (error: unknown) => never {
  return (error) => {
    throw signal?.aborted === true ? error : createConnectionError(message, error);
  };
}

/** Connect-web sends each request as bytes. */
function prepareRequest(
  body: BodyInit | null | undefined,
  { carriage: { framing, format }, options }: TappedFetchOptions,
): Promise<PreparedMessage> {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  return framing === "body" ? prepareBody(bytes, format, options) : prepareEnvelope(bytes, format, options);
}

interface Following {
  readonly follower: BodyFollower;
  readonly signal: AbortSignal | null | undefined;
  /** Is told when nothing more will come, for whatever reason. */
  readonly onEnd: () => void;
}

function followBody(
  { body }: Response,
  { follower, signal, onEnd }: Following,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();

  async function follow(chunk: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await follower.chunk(chunk);
    } catch (error) {
      reader?.cancel(error).catch(ignore);
      throw error;
    }
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> {
    for (;;) {
      const result = await reader?.read().catch(rethrow("the connection broke before the call's status came", signal));
      if (result?.value === undefined) {
        follower.end();
        controller.close();
        onEnd();
        return;
      }
      const followed = await follow(result.value);
      if (followed.byteLength > 0) {
        controller.enqueue(followed);
        return;
      }
    }
  }

  return new ReadableStream(
    {
      pull: (controller) =>
        pull(controller).catch((error: unknown) => {
          onEnd();
          throw error;
        }),
      cancel(reason) {
        onEnd();
        return reader?.cancel(reason);
      },
    },
    // Nothing is read ahead: the network waits for the reader.
    { highWaterMark: 0 },
  );
}

function ignore(): void {}
