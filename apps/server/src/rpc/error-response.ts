import type { ConnectError } from "@connectrpc/connect";
import { encodeEnvelope, type UniversalServerResponse } from "@connectrpc/connect/protocol";
import { codeToHttpStatus, endStreamFlag, errorToJson } from "@connectrpc/connect/protocol-connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import type { WireForm } from "./wire-form.ts";

/** Where and how an error is answered. */
export interface ErrorResponseOptions {
  readonly form: WireForm;
  /** The request's content type, which the answer of gRPC, gRPC-Web and a Connect stream repeats. */
  readonly contentType: string;
  /** The HTTP status of a Connect unary call; by default the one that the protocol has for the error's code. */
  readonly httpStatus?: number;
}

/**
 * Writes an error as the caller's protocol has it, for a call that no handler took. gRPC and gRPC-Web get it as
 * "trailers-only": the status stands among the headers and the body is empty.
 */
export function createErrorResponse(error: ConnectError, options: ErrorResponseOptions): UniversalServerResponse {
  const { form, contentType, httpStatus } = options;
  switch (form) {
    case "grpc":
    case "grpc-web":
      return { status: 200, header: setTrailerStatus(new Headers({ "content-type": contentType }), error) };
    case "connect-stream":
      return {
        status: 200,
        header: new Headers({ "content-type": contentType }),
        body: once(encodeEnvelope(endStreamFlag, encodeJson({ error: errorToJson(error, undefined) }))),
      };
    case "connect-unary":
      return {
        status: httpStatus ?? codeToHttpStatus(error.code),
        header: new Headers({ "content-type": "application/json" }),
        body: once(encodeJson(errorToJson(error, undefined))),
      };
  }
}

function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
