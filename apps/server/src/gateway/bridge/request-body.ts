import { emptyBody } from "../../net/http-exchange.ts";
import type { CallForm } from "../../rpc/call-form.ts";
import { createTextDecoder, type TextDecoder64 } from "../../rpc/grpc-web/text-decoder.ts";
import { anyMessages, createBodyGuard, createMessageGuard, type MessageGuard } from "./message-guard.ts";

/** A client's body on its way to a target. */
export interface RequestBody {
  /** The bytes that came, as they were sent. */
  readonly bytes: number;
  /** The length of the message that is too long; undefined while none is. */
  readonly tooLongBytes: number | undefined;
  /**
   * Takes a piece and gives what goes on of it, in binary.
   *
   * @throws ConnectError with `INVALID_ARGUMENT` for base64 that is none.
   */
  take(chunk: Uint8Array): Uint8Array;
  /**
   * Takes the end and gives what was held back.
   *
   * @throws ConnectError with `INVALID_ARGUMENT` for base64 that ends too early.
   */
  finish(): Uint8Array;
}

/** Creates the body of a call of this form. */
export function createRequestBody({ protocol, text }: CallForm, maxMessageBytes: number): RequestBody {
  const guard = protocol.enveloped
    ? createMessageGuard(maxMessageBytes, anyMessages)
    : createBodyGuard(maxMessageBytes);
  return new Body(guard, text ? createTextDecoder() : undefined);
}

/** A class, since every call makes one: its methods stand on the prototype. */
class Body implements RequestBody {
  bytes = 0;
  readonly #guard: MessageGuard;
  readonly #text: TextDecoder64 | undefined;

  constructor(guard: MessageGuard, text: TextDecoder64 | undefined) {
    this.#guard = guard;
    this.#text = text;
  }

  get tooLongBytes(): number | undefined {
    const { fault } = this.#guard;
    return fault?.kind === "too-long" ? fault.bytes : undefined;
  }

  take(chunk: Uint8Array): Uint8Array {
    this.bytes += chunk.byteLength;
    const bytes = this.#text === undefined ? chunk : this.#text.decode(chunk);
    return bytes.byteLength === 0 ? emptyBody : this.#guard.take(bytes);
  }

  finish(): Uint8Array {
    this.#text?.finish();
    return this.#guard.rest();
  }
}
