import { createConnectionError } from "../call/broken-connection.ts";
import type { CallOptions } from "../call/call-options.ts";
import type { WireTap } from "../call/wire-tap.ts";
import { readResponseCompression } from "./compression-fields.ts";
import { readEndFields, unaryTrailers } from "./end-fields.ts";
import type { HttpCarriage } from "./http-carriage.ts";
import { refuseReceived } from "./message-limit.ts";
import { createMessageReader, type MessageReader } from "./message-reader.ts";
import type { ResourceTiming } from "./resource-timing.ts";

/** Tells a tap of a response's body as its bytes pass. */
export interface BodyFollower {
  readonly chunk: MessageReader;
  /** Takes the whole body, joined, before its reader does; not called where that reads the body as a stream. */
  whole(bytes: Uint8Array): Promise<void>;
  /** The body has ended. Throws where the call's status did not come. */
  end(): void;
}

/** What a follower works with. */
export interface BodyFollowerOptions {
  readonly carriage: HttpCarriage;
  readonly tap: WireTap;
  readonly options: CallOptions;
  /** What the browser tells of the request, where it does. */
  readonly timing: ResourceTiming | undefined;
}

/** Creates what follows the body of a response. */
export function createBodyFollower(response: Response, options: BodyFollowerOptions): BodyFollower {
  return options.carriage.framing === "envelopes" ? followEnvelopes(response, options) : followWhole(response, options);
}

function followWhole({ status, headers }: Response, follower: BodyFollowerOptions): BodyFollower {
  const { carriage, tap, options, timing } = follower;
  const announced = Number(headers.get("content-length"));
  const compression = headers.get(carriage.compressionFields.encoding) ?? undefined;
  let length = 0;

  async function carriedBytes(): Promise<number> {
    if (compression === undefined || announced > 0) {
      return compression === undefined ? length : announced;
    }
    const timed = await timing?.read(encodedSizePatienceMs);
    return timed?.encodedBytes ?? length;
  }

  return {
    chunk(bytes) {
      length += bytes.byteLength;
      refuseReceived(options.maxReceivedBytes, Math.max(length, announced));
      return bytes;
    },
    async whole(payload) {
      if (status === 200) {
        const { format } = carriage;
        tap.responseMessage({ flags: undefined, carriedBytes: await carriedBytes(), payload, format, compression });
      }
      tap.responseTrailers(unaryTrailers([...headers]));
    },
    end: () => undefined,
  };
}

/** How long an answer waits for its size, in milliseconds, where the browser alone knows it. */
const encodedSizePatienceMs = 100;

function followEnvelopes({ headers }: Response, { carriage, tap, options }: BodyFollowerOptions): BodyFollower {
  let isOver = false;
  const chunk = createMessageReader({
    compression: readResponseCompression(headers, carriage.compressionFields, options),
    format: carriage.format,
    maxMessageBytes: options.maxReceivedBytes,
    onMessage: tap.responseMessage,
    onEnd(flags, payload) {
      isOver = true;
      tap.responseTrailers(payload === undefined ? [] : readEndFields(flags, payload));
    },
  });
  return {
    chunk,
    whole: async () => undefined,
    end() {
      // gRPC-Web may give its status in the headers, and no body.
      if (!isOver && !headers.has("grpc-status")) {
        throw createConnectionError("the connection ended before the call's status came");
      }
    },
  };
}
