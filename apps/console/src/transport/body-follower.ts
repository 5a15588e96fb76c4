import { Code, ConnectError } from "@connectrpc/connect";
import { createEnvelopeReader } from "@switchboard/wire/envelope-reader.ts";
import { createConnectionError } from "../call/broken-connection.ts";
import type { WireMessage } from "../call/wire-message.ts";
import type { WireTap } from "../call/wire-tap.ts";
import { connectEndFlag, grpcWebTrailerFlag, readEndFields, unaryTrailers } from "./end-fields.ts";
import { refuseOver } from "./message-limit.ts";

/** How HTTP bodies hold messages: each in an envelope, or one message that is the whole body (Connect's unary calls). */
export type BodyFraming = "envelopes" | "body";

/** Tells a tap of a response's body as its bytes pass. */
export interface BodyFollower {
  /** Takes the next bytes. Throws where nobody may have them: a message over the limit or compressed, anything after the end. */
  chunk(bytes: Uint8Array): void;
  /** Takes the whole body, joined, before its reader does; not called where that reads the body as a stream. */
  whole(bytes: Uint8Array): void;
  /** The body has ended. Throws where the call's status did not come. */
  end(): void;
}

/** What a follower works with. */
export interface BodyFollowerOptions {
  readonly framing: BodyFraming;
  /** What the messages are. */
  readonly format: WireMessage["format"];
  readonly tap: WireTap;
  /** The longest message, in bytes. A longer one is refused at its announced length. */
  readonly maxMessageBytes: number;
}

/** Creates what follows the body of a response. */
export function createBodyFollower(response: Response, options: BodyFollowerOptions): BodyFollower {
  return options.framing === "envelopes" ? followEnvelopes(response, options) : followWhole(response, options);
}

function followWhole(
  { status, headers }: Response,
  { format, tap, maxMessageBytes }: BodyFollowerOptions,
): BodyFollower {
  const announced = Number(headers.get("content-length"));
  let length = 0;
  return {
    chunk(bytes) {
      length += bytes.byteLength;
      refuseOver(maxMessageBytes, Math.max(length, announced));
    },
    whole(payload) {
      if (status === 200) {
        const carriedBytes = payload.byteLength;
        tap.responseMessage({ flags: undefined, carriedBytes, payload, format, compression: undefined });
      }
      tap.responseTrailers(unaryTrailers([...headers]));
    },
    end: () => undefined,
  };
}

/** The longest end of a stream that is kept to be shown: 64 KiB. */
const maxEndLength = 65_536;
const endFlags = connectEndFlag | grpcWebTrailerFlag;
const compressedFlag = 0b0000_0001;

function followEnvelopes({ headers }: Response, { format, tap, maxMessageBytes }: BodyFollowerOptions): BodyFollower {
  let isOver = false;
  const chunk = createEnvelopeReader(
    ({ flags, length, payload }) => {
      if ((flags & endFlags) !== 0) {
        isOver = true;
        tap.responseTrailers(payload === undefined ? [] : readEndFields(flags, payload));
      } else if (payload !== undefined) {
        tap.responseMessage({ flags, carriedBytes: length, payload, format, compression: undefined });
      }
    },
    {
      keepPayload(flags, length) {
        if (isOver) {
          throw new ConnectError("protocol error: the server sent more after the call's status", Code.InvalidArgument);
        }
        if ((flags & compressedFlag) !== 0) {
          throw new ConnectError("protocol error: the server compressed a message, unasked", Code.Internal);
        }
        refuseOver(maxMessageBytes, length);
        return (flags & endFlags) === 0 || length <= maxEndLength;
      },
    },
  );
  return {
    chunk,
    whole: () => undefined,
    end() {
      // gRPC-Web may give its status in the headers, and no body.
      if (!isOver && !headers.has("grpc-status")) {
        throw createConnectionError("the connection ended before the call's status came");
      }
    },
  };
}
